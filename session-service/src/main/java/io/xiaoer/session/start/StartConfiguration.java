package io.xiaoer.session.start;

import io.xiaoer.common.event.TopicPlan;
import io.xiaoer.session.archive.Warmth;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/// What session-service waits for. The database is not among them: its schema is migrated before anything else, and
/// that waits by itself. Ready is an instance that could also fill the log of a shopper whom Redis does not know.
@Configuration(proxyBeanMethods = false)
class StartConfiguration {
    private static final int PATIENCE_MS = 5000;

    @Bean
    Start sessionStart(
            RedisConnectionFactory redis,
            KafkaProperties kafka,
            Warmth warmth,
            @Value("${spring.application.name}") String service,
            @Value("${xiaoer.kafka.replicas}") short replicas) {
        return new Start(List.of(new Need("redis", () -> ping(redis)), new Need("kafka", () -> {
            bringTopics(kafka, TopicPlan.topicsOf(service, replicas));
            warmth.reach();
        })));
    }

    private static void ping(RedisConnectionFactory redis) {
        try (var connection = redis.getConnection()) {
            connection.ping();
        }
    }

    private static void bringTopics(KafkaProperties kafka, List<NewTopic> topics) throws Exception {
        var properties = kafka.buildAdminProperties();
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        try (var admin = Admin.create(Map.copyOf(properties))) {
            new Topics(admin, PATIENCE_MS).bring(topics);
        }
    }
}
