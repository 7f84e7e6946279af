package io.xiaoer.common.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.admin.NewTopic;

/// How one topic is laid out, read from `topics.properties`.
///
/// @param retention zero for a compacted topic
/// @param owner the service that creates it and its dead-letter topic
public record TopicPlan(Topic topic, int partitions, Duration retention, String owner) {

    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

    /// The plans of all topics.
    public static List<TopicPlan> all() {
        var file = new Properties();
        try (var in = TopicPlan.class.getResourceAsStream("/topics.properties")) {
            file.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var plans = new ArrayList<TopicPlan>();
        for (Topic topic : Topic.values()) {
            plans.add(new TopicPlan(
                    topic,
                    Integer.parseInt(file.getProperty(topic.topic() + ".partitions")),
                    Duration.ofHours(Long.parseLong(file.getProperty(topic.topic() + ".retention-hours"))),
                    file.getProperty(topic.topic() + ".owner")));
        }
        return plans;
    }

    /// The topics that a service creates at its start, dead letters included.
    ///
    /// @param replicas how many brokers keep each partition; of three or more, two have a record before
    ///     it counts as written, so that what was acknowledged outlives the loss of one
    public static List<NewTopic> topicsOf(String owner, short replicas) {
        var topics = new ArrayList<NewTopic>();
        for (TopicPlan plan : all()) {
            if (plan.owner.equals(owner)) {
                topics.add(plan.topic(plan.topic.topic(), plan.retention, replicas));
                topics.add(plan.topic(plan.topic.deadLetter(), DEAD_LETTER_RETENTION, replicas));
            }
        }
        return topics;
    }

    private NewTopic topic(String name, Duration kept, short replicas) {
        var config = new HashMap<String, String>();
        if (kept.isZero()) {
            config.put("cleanup.policy", "compact");
        } else {
            config.put("retention.ms", Long.toString(kept.toMillis()));
        }
        if (replicas > 2) {
            config.put("min.insync.replicas", "2");
        }
        return new NewTopic(name, partitions, replicas).configs(config);
    }
}
