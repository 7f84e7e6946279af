package io.xiaoer.session.start;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/// Brings topics to what their plan says: creates what is missing, and mends what a broker made by itself when a
/// consumer asked too early, with its own number of partitions and retention. Partitions are added, never taken away.
final class Topics {
    private final Admin admin;
    private final long patienceMs;

    Topics(Admin admin, long patienceMs) {
        this.admin = admin;
        this.patienceMs = patienceMs;
    }

    /// @throws Exception if Kafka is away; may be called again
    void bring(List<NewTopic> planned) throws Exception {
        var existing = create(planned);
        if (!existing.isEmpty()) {
            addPartitions(existing);
            configure(existing);
        }
    }

    /// @return those that were there already
    private List<NewTopic> create(List<NewTopic> planned) throws Exception {
        var results = admin.createTopics(planned).values();
        var existing = new ArrayList<NewTopic>();
        for (var topic : planned) {
            try {
                Objects.requireNonNull(results.get(topic.name())).get(patienceMs, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
                existing.add(topic);
            }
        }
        return existing;
    }

    private void addPartitions(List<NewTopic> topics) throws Exception {
        var described = admin.describeTopics(topics.stream().map(NewTopic::name).toList())
                .allTopicNames()
                .get(patienceMs, TimeUnit.MILLISECONDS);
        var more = new HashMap<String, NewPartitions>();
        for (var topic : topics) {
            var now = described.get(topic.name());
            if (now != null && now.partitions().size() < topic.numPartitions()) {
                more.put(topic.name(), NewPartitions.increaseTo(topic.numPartitions()));
            }
        }
        if (!more.isEmpty()) {
            admin.createPartitions(more).all().get(patienceMs, TimeUnit.MILLISECONDS);
        }
    }

    private void configure(List<NewTopic> topics) throws Exception {
        var changes = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
        for (var topic : topics) {
            var sets = topic.configs().entrySet().stream()
                    .map(entry -> new AlterConfigOp(
                            new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                    .toList();
            changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), sets);
        }
        admin.incrementalAlterConfigs(Map.copyOf(changes)).all().get(patienceMs, TimeUnit.MILLISECONDS);
    }
}
