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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/// Where `cs.message` ends for users, as the brokers see it now.
@Component
class EndOfRecord implements AutoCloseable {

    private final Map<String, Object> properties;
    private @Nullable Admin admin;
    private volatile int partitions;

    EndOfRecord(KafkaProperties kafka) {
        this.properties = new HashMap<>(kafka.buildAdminProperties());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 1000);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2000);
        properties.remove(AdminClientConfig.CLIENT_ID_CONFIG);
    }

    /// The partitions of users and the offsets behind their last records.
    ///
    /// @throws Unavailable if Kafka does not answer in time
    List<End> of(List<UserKey> users, Duration patience) throws Unavailable {
        try {
            var asked = new HashMap<TopicPartition, OffsetSpec>();
            for (UserKey user : users) {
                asked.put(new TopicPartition(Topic.Names.CS_MESSAGE, partitionOf(user, patience)), OffsetSpec.latest());
            }
            return admin().listOffsets(asked).all().get(patience.toMillis(), TimeUnit.MILLISECONDS).entrySet().stream()
                    .map(found -> new End(found.getKey(), found.getValue().offset()))
                    .toList();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
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

    /// As the producer's own partitioner chooses for a record with a key.
    private int partitionOf(UserKey user, Duration patience)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (partitions == 0) {
            var description = admin().describeTopics(List.of(Topic.Names.CS_MESSAGE))
                    .allTopicNames()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .iterator()
                    .next();
            partitions = description.partitions().size();
        }
        return Utils.toPositive(Utils.murmur2(user.tag().getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(properties);
        }
        return admin;
    }
}
