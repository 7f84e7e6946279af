package io.xiaoer.ordersync.erasure;

import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.SharedOutAnew;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;

/// Wires the consumer of erasures: what cannot be done is a dead letter, and so comes again.
@Configuration(proxyBeanMethods = false)
class ErasureConfiguration {
    static final String CONTAINERS = "erasureContainers";

    @Bean(CONTAINERS)
    ConcurrentKafkaListenerContainerFactory<String, byte[]> erasureContainers(
            ConsumerFactory<String, byte[]> consumers, DeadLetters deadLetters) {
        var containers = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        containers.setConsumerFactory(consumers);
        containers.getContainerProperties().setAckMode(ContainerProperties.AckMode.RECORD);
        containers.getContainerProperties().setConsumerRebalanceListener(new SharedOutAnew());
        containers.setCommonErrorHandler(deadLetters.handler());
        return containers;
    }
}
