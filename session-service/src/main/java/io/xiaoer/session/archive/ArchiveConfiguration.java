package io.xiaoer.session.archive;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.SharedOutAnew;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/// Wires the archiver: its own group, batches, no giving up.
@Configuration(proxyBeanMethods = false)
class ArchiveConfiguration {

    static final String LISTENERS = "archiveListeners";

    private static final Logger LOGGER = LoggerFactory.getLogger(ArchiveConfiguration.class);
    /// Nobody waits for the archive but a refill, for seconds at most; what comes within this is one transaction.
    private static final Duration GATHERED = Duration.ofMillis(200);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    /// Below the poll interval after which Kafka would give the partitions to another.
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Bean
    ConsumerRecordRecoverer archiveDeadLetters(DeadLetters deadLetters) {
        return deadLetters.recoverer();
    }

    @Bean
    Pause pause() {
        return new EndablePause();
    }

    @Bean(LISTENERS)
    ConcurrentKafkaListenerContainerFactory<String, byte[]> archiveListeners(
            KafkaProperties kafka,
            @Value("${xiaoer.node}") String node,
            StartingPoint start,
            Pause pause,
            MeterRegistry meters,
            Clock clock) {
        var properties = kafka.buildConsumerProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, "session-service.archive");
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, node + "-archive");
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, node + "-archive");
        var consumers =
                new DefaultKafkaConsumerFactory<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        consumers.addListener(new MicrometerConsumerListener<>(meters));
        var factory = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        factory.setConsumerFactory(consumers);
        factory.setBatchListener(true);
        factory.setConcurrency(1);
        factory.setCommonErrorHandler(
                new DefaultErrorHandler(new FixedBackOff(BETWEEN_TRIES.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS)));
        factory.getContainerProperties().setMissingTopicsFatal(false);
        factory.getContainerProperties().setIdleBetweenPolls(GATHERED.toMillis());
        factory.getContainerProperties().setConsumerRebalanceListener(new Seek(start, pause, clock));
        return factory;
    }

    @Bean
    StartingPoint archiveStart(ArchiveTables tables) {
        return new StartingPoint(tables);
    }

    /// Sets a partition that was just given to this node to where MariaDB says that the archive stands: Kafka's own
    /// mark may be ahead of a database that was restored.
    private static final class Seek implements ConsumerAwareRebalanceListener {

        private final SharedOutAnew anew = new SharedOutAnew();
        private final StartingPoint start;
        private final Pause pause;
        private final Clock clock;

        Seek(StartingPoint start, Pause pause, Clock clock) {
            this.start = start;
            this.pause = pause;
            this.clock = clock;
        }

        @Override
        public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            anew.onPartitionsAssigned(consumer, partitions);
            if (partitions.isEmpty()) {
                return;
            }
            var first = consumer.beginningOffsets(partitions);
            var end = consumer.endOffsets(partitions);
            for (TopicPartition partition : partitions) {
                consumer.seek(partition, startOf(partition, first, end));
            }
        }

        private long startOf(TopicPartition partition, Map<TopicPartition, Long> first, Map<TopicPartition, Long> end) {
            var until = clock.instant().plus(PATIENCE);
            while (true) {
                try {
                    return start.of(partition, first.getOrDefault(partition, 0L), end.getOrDefault(partition, 0L));
                } catch (DataAccessException away) {
                    if (clock.instant().isAfter(until)) {
                        throw away;
                    }
                    LOGGER.atWarn()
                            .addKeyValue("reason", away.getClass().getSimpleName())
                            .log("The archiver waits for MariaDB");
                    rest();
                }
            }
        }

        private void rest() {
            try {
                pause.rest(BETWEEN_TRIES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for MariaDB", e);
            }
        }
    }
}
