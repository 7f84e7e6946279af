package io.xiaoer.bot.script;

import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.SharedOutAnew;
import io.xiaoer.common.tenant.TenantTables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;

/// The tables of this package, each row a shop's, and the consumer of what came of sessions.
@Configuration(proxyBeanMethods = false)
class ScriptConfiguration {

    static final String CONTAINERS = "scriptContainers";

    @Bean
    TenantTables scriptTables() {
        return TenantTables.of("faq_script", "faq_trial");
    }

    @Bean(CONTAINERS)
    ConcurrentKafkaListenerContainerFactory<String, byte[]> scriptContainers(
            ConsumerFactory<String, byte[]> consumers, DeadLetters deadLetters) {
        var containers = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        containers.setConsumerFactory(consumers);
        containers.getContainerProperties().setAckMode(ContainerProperties.AckMode.RECORD);
        containers.getContainerProperties().setConsumerRebalanceListener(new SharedOutAnew());
        containers.setCommonErrorHandler(deadLetters.handler());
        return containers;
    }
}
