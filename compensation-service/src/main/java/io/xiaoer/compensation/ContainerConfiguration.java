package io.xiaoer.compensation;

import io.xiaoer.common.event.SharedOutAnew;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/// Listeners of the last resort: a record that fails has nowhere else to go, so it is tried again, ever more slowly,
/// until it is stored.
@Configuration(proxyBeanMethods = false)
class ContainerConfiguration {
    private static final long FIRST_PAUSE_MS = 500;
    private static final long LONGEST_PAUSE_MS = 10_000;

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> patientContainers(
            ConsumerFactory<String, byte[]> consumers) {
        return patient(consumers, ContainerProperties.AckMode.RECORD);
    }

    /// As above, for listeners that take a batch whole or not at all.
    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> patientBatches(ConsumerFactory<String, byte[]> consumers) {
        return patient(consumers, ContainerProperties.AckMode.BATCH);
    }

    private static ConcurrentKafkaListenerContainerFactory<String, byte[]> patient(
            ConsumerFactory<String, byte[]> consumers, ContainerProperties.AckMode acknowledged) {
        var pauses = new ExponentialBackOff(FIRST_PAUSE_MS, 2);
        pauses.setMaxInterval(LONGEST_PAUSE_MS);
        var containers = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        containers.setConsumerFactory(consumers);
        containers.getContainerProperties().setAckMode(acknowledged);
        // Dead-letter topics are made late, by the first record, and by other services.
        containers.getContainerProperties().setConsumerRebalanceListener(new SharedOutAnew());
        containers.setCommonErrorHandler(everTrying(pauses));
        return containers;
    }

    private static DefaultErrorHandler everTrying(ExponentialBackOff pauses) {
        var handler = new DefaultErrorHandler(
                (message, failure) -> {
                    throw new IllegalStateException("a record of the last resort is never given up", failure);
                },
                pauses);
        // Spring deems some failures hopeless and would try again without a pause; here all of them wait.
        handler.setClassifications(Map.of(), true);
        return handler;
    }
}
