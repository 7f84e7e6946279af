package io.xiaoer.ordersync.command;

import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.SharedOutAnew;
import io.xiaoer.common.event.TopicPlan;
import io.xiaoer.common.id.NodeLeaseConfiguration;
import io.xiaoer.common.outbox.OutboxConfiguration;
import io.xiaoer.common.tenant.TenantTables;
import java.time.Clock;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.ContainerProperties;

/// Wires the road of commands: the outbox, the consumer and where its failures go.
@Configuration(proxyBeanMethods = false)
@Import({NodeLeaseConfiguration.class, OutboxConfiguration.class})
class CommandConfiguration {
    @Bean
    TenantTables commandTables() {
        return TenantTables.of("command", "idempotency");
    }

    @Bean
    EventWriter eventWriter(@Value("${spring.application.name}") String service, Clock clock) {
        return new EventWriter(service, clock);
    }

    /// The topics that this service owns, with their dead letters.
    @Bean
    KafkaAdmin.NewTopics commerceTopics(
            @Value("${spring.application.name}") String service, @Value("${xiaoer.kafka.replicas}") short replicas) {
        return new KafkaAdmin.NewTopics(TopicPlan.topicsOf(service, replicas).toArray(NewTopic[]::new));
    }

    @Bean
    DeadLetters commandDeadLetters(KafkaProperties kafka) {
        return new DeadLetters(kafka.buildProducerProperties());
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> commandContainers(
            ConsumerFactory<String, byte[]> consumers,
            DeadLetters deadLetters,
            ObjectProvider<CommandListener> listener,
            @Value("${xiaoer.commands.consumers:2}") int concurrency) {
        var containers = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        containers.setConsumerFactory(consumers);
        containers.setConcurrency(concurrency);
        containers.getContainerProperties().setAckMode(ContainerProperties.AckMode.RECORD);
        containers.getContainerProperties().setConsumerRebalanceListener(new SharedOutAnew());
        // Asked for at the first failure: the listener's own creation asks for these containers.
        containers.setCommonErrorHandler(
                deadLetters.handler((message, failure) -> listener.getObject().beforeDeadLetter(message, failure)));
        return containers;
    }
}
