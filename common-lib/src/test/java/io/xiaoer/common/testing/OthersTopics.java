package io.xiaoer.common.testing;

import io.xiaoer.common.event.TopicPlan;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TopicExistsException;

/// The topics of services that do not run in a test. Without them the broker would make each at its first record: a
/// producer of the service waits two seconds for that and no longer, and its consumers learn of it late.
public final class OthersTopics {
    private static final Set<String> MADE = ConcurrentHashMap.newKeySet();

    private OthersTopics() {}

    /// Makes the topics of a service as it does at its start, once for a JVM.
    public static void make(String owner) throws Exception {
        if (!MADE.add(owner)) {
            return;
        }
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", RealServers.kafkaBootstrap()))) {
            var made = admin.createTopics(TopicPlan.topicsOf(owner, (short) 1));
            for (var each : made.values().values()) {
                try {
                    each.get(60, TimeUnit.SECONDS);
                } catch (ExecutionException failure) {
                    if (!(failure.getCause() instanceof TopicExistsException)) {
                        throw failure;
                    }
                }
            }
        }
    }
}
