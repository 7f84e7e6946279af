package io.xiaoer.common.event;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Gives one instance every shop's settings: all that stand on the compacted topic, then each change. It reads without
/// a consumer group, so that every instance gets every record, and from the beginning at each start.
///
/// The receiver is called on one thread, may be given a record again, and compares versions itself. While Kafka is
/// away the feed tries again every 3 s; what was received stays valid.
public final class ShopSettingsFeed implements SmartLifecycle {
    private static final Logger LOGGER = LoggerFactory.getLogger(ShopSettingsFeed.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Map<String, Object> properties;
    private final Consumer<ShopSettings> receiver;
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private volatile boolean caughtUp;

    /// @param consumerProperties how the service reaches Kafka
    public ShopSettingsFeed(Map<String, Object> consumerProperties, Consumer<ShopSettings> receiver) {
        this.properties = new HashMap<>(consumerProperties);
        this.properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        this.properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.receiver = receiver;
    }

    /// Whether all that stood on the topic when the feed began has been handed over.
    public boolean caughtUp() {
        return caughtUp;
    }

    @Override
    public void start() {
        var end = new CountDownLatch(1);
        stopped = end;
        Thread.ofVirtual().name("shop-settings").start(() -> run(end));
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return isOpen(stopped);
    }

    private static boolean isOpen(CountDownLatch end) {
        return end.getCount() > 0;
    }

    private void run(CountDownLatch end) {
        while (isOpen(end)) {
            try (var consumer =
                    new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
                follow(consumer, end);
            } catch (InterruptException e) {
                return;
            } catch (KafkaException e) {
                LOGGER.atWarn()
                        .addKeyValue("topic", Topic.SHOP_SETTINGS.topic())
                        .addKeyValue("reason", e.getMessage())
                        .log("The settings of shops cannot be read from Kafka; trying again");
            } catch (RuntimeException e) {
                LOGGER.atError().setCause(e).log("The settings of shops could not be taken; reading them again");
            }
            if (!pause(end)) {
                return;
            }
        }
    }

    private void follow(KafkaConsumer<String, byte[]> consumer, CountDownLatch end) {
        var partitions = consumer.partitionsFor(Topic.SHOP_SETTINGS.topic(), PATIENCE).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            LOGGER.atInfo()
                    .addKeyValue("topic", Topic.SHOP_SETTINGS.topic())
                    .log("Waiting for the topic to be created");
            return;
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions, PATIENCE);
        while (isOpen(end)) {
            consumer.poll(POLL).forEach(this::receive);
            caughtUp = caughtUp
                    || ends.entrySet().stream().allMatch(last -> consumer.position(last.getKey()) >= last.getValue());
        }
    }

    private void receive(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            return;
        }
        try {
            receiver.accept(EventJson.decode(message.value(), ShopSettings.class));
        } catch (EventJson.Unreadable e) {
            LOGGER.atError()
                    .addKeyValue("shop_id", message.key())
                    .addKeyValue("offset", message.offset())
                    .setCause(e)
                    .log("The settings of a shop are not readable; the last known ones stay");
        }
    }

    private static boolean pause(CountDownLatch end) {
        try {
            return !end.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
