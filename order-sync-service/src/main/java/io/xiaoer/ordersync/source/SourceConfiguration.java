package io.xiaoer.ordersync.source;

import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.SharedOutAnew;
import io.xiaoer.common.outgoing.PublicAddresses;
import io.xiaoer.common.tenant.TenantTables;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;

/// Wires what platforms need: their tables, which addresses may be called, and where orders go that cannot be taken.
@Configuration(proxyBeanMethods = false)
class SourceConfiguration {
    static final String CONTAINERS = "sourceContainers";

    @Bean
    TenantTables sourceTables() {
        return TenantTables.of("order_source", "source_note");
    }

    @Bean
    PublicAddresses publicAddresses(SourceSettings settings) {
        return new PublicAddresses(settings.privateAddresses());
    }

    @Bean
    RandomGenerator sourceChance() {
        return RandomGenerator.getDefault();
    }

    @Bean(CONTAINERS)
    ConcurrentKafkaListenerContainerFactory<String, byte[]> sourceContainers(
            ConsumerFactory<String, byte[]> consumers, DeadLetters deadLetters) {
        var containers = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        containers.setConsumerFactory(consumers);
        containers.getContainerProperties().setAckMode(ContainerProperties.AckMode.RECORD);
        containers.getContainerProperties().setConsumerRebalanceListener(new SharedOutAnew());
        containers.setCommonErrorHandler(deadLetters.handler());
        return containers;
    }
}
