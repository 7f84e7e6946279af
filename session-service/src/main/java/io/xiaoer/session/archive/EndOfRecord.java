package io.xiaoer.session.archive;

import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.UserKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/// Where `cs.message` ends for users, as the brokers see it now. All who ask at one time share a call.
@Component
class EndOfRecord implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<String, Object> properties;
    private final SharedLook<List<Long>> ends;
    private @Nullable Admin admin;
    private int partitions;

    EndOfRecord(KafkaProperties kafka, Pause pause) {
        this.ends = new SharedLook<>(this::look, pause, Duration.ZERO);
        this.properties = new HashMap<>(kafka.buildAdminProperties());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 1000);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        properties.remove(AdminClientConfig.CLIENT_ID_CONFIG);
    }

    /// The partitions of users and the offsets behind their last records, looked up after this call began.
    ///
    /// @throws Unavailable if Kafka does not answer in time
    List<End> of(List<UserKey> users, Duration patience) throws Unavailable {
        try {
            var offsets = ends.ask().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return users.stream()
                    .map(user -> partitionOf(user, offsets.size()))
                    .distinct()
                    .map(partition ->
                            new End(new TopicPartition(Topic.Names.CS_MESSAGE, partition), offsets.get(partition)))
                    .toList();
        } catch (ExecutionException | TimeoutException e) {
            throw new Unavailable("Kafka does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted", e);
        }
    }

    /// @param offset behind the last record
    record End(TopicPartition partition, long offset) {}

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }

    /// One look at a time, so nothing here is shared.
    private List<Long> look() throws ExecutionException, InterruptedException, TimeoutException {
        if (partitions == 0) {
            partitions = admin().describeTopics(List.of(Topic.Names.CS_MESSAGE))
                    .allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .iterator()
                    .next()
                    .partitions()
                    .size();
        }
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        for (int i = 0; i < partitions; i++) {
            asked.put(new TopicPartition(Topic.Names.CS_MESSAGE, i), OffsetSpec.latest());
        }
        var found = admin().listOffsets(asked).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return IntStream.range(0, partitions)
                .mapToObj(i -> found.get(new TopicPartition(Topic.Names.CS_MESSAGE, i)))
                .map(end -> end.offset())
                .toList();
    }

    /// As the producer's own partitioner chooses for a record with a key.
    private static int partitionOf(UserKey user, int partitions) {
        return Utils.toPositive(Utils.murmur2(user.tag().getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(properties);
        }
        return admin;
    }
}
