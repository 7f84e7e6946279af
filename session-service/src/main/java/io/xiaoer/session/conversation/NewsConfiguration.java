package io.xiaoer.session.conversation;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.SharedOutAnew;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.listener.ContainerProperties;

/// Wires the listener of [CommerceNews]: record by record, then the dead letters.
@Configuration(proxyBeanMethods = false)
class NewsConfiguration {

    static final String LISTENERS = "newsListeners";

    /// Each takes up to a few seconds while Kafka is slow.
    private static final int RECORDS_AT_ONCE = 50;

    @Bean(LISTENERS)
    ConcurrentKafkaListenerContainerFactory<String, byte[]> newsListeners(
            KafkaProperties kafka,
            DeadLetters deadLetters,
            MeterRegistry meters,
            @Value("${xiaoer.node}") String node) {
        var properties = kafka.buildConsumerProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, "session-service.news");
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, node + "-news");
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, node + "-news");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
        var consumers =
                new DefaultKafkaConsumerFactory<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        consumers.addListener(new MicrometerConsumerListener<>(meters));
        var factory = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        factory.setConsumerFactory(consumers);
        factory.setConcurrency(1);
        factory.setCommonErrorHandler(deadLetters.handler());
        factory.getContainerProperties().setAckMode(ContainerProperties.AckMode.RECORD);
        factory.getContainerProperties().setConsumerRebalanceListener(new SharedOutAnew());
        factory.getContainerProperties().setMissingTopicsFatal(false);
        return factory;
    }
}
