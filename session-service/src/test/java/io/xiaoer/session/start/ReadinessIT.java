package io.xiaoer.session.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.event.Topic;
import io.xiaoer.common.event.TopicPlan;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.archive.Warmth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/// What a supervisor sees of an instance.
@SessionServiceTest
class ReadinessIT {
    @LocalServerPort
    private int port;

    @Value("${local.management.port}")
    private int managementPort;

    @Autowired
    private RedisConnectionFactory redis;

    @Autowired
    private KafkaProperties kafka;

    @Test
    void anInstanceBecomesReadyAndSaysNoMore() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() ->
                        assertThat(management("health/readiness").status()).isEqualTo(200));
        assertThat(management("health/liveness").status()).isEqualTo(200);
        assertThat(management("health/readiness").response().body()).doesNotContain("sessionStart");
        assertThat(management("prometheus").response().body()).contains("jvm_memory_used_bytes");
    }

    @Test
    void nothingOfItStandsOnTheOpenPort() {
        for (var path : new String[] {"/actuator", "/actuator/health", "/actuator/prometheus", "/actuator/env"}) {
            assertThat(HttpCall.get("http://localhost:" + port + path).send().status())
                    .as(path)
                    .isIn(401, 404);
        }
        assertThat(management("env").status()).isEqualTo(404);
    }

    @Test
    void theTopicsOfTheServiceAreThereAsPlanned() throws Exception {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(() -> management("health/readiness").status() == 200);
        try (var admin = Admin.create(
                Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, RealServers.kafkaBootstrap()))) {
            for (var plan : TopicPlan.topicsOf("session-service", (short) 1)) {
                var described = Objects.requireNonNull(admin.describeTopics(List.of(plan.name()))
                        .allTopicNames()
                        .get(20, TimeUnit.SECONDS)
                        .get(plan.name()));
                assertThat(described.partitions()).hasSize(plan.numPartitions());
            }
            assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS))
                    .contains(Topic.SHOP_SETTINGS.topic(), Topic.BOT_QUERY.deadLetter());
        }
    }

    @Test
    void anInstanceIsReadyOnceItsLogsCanBeFilled() {
        var warmth = new AwayAtFirst();
        var start = new StartConfiguration().sessionStart(redis, kafka, warmth, "session-service", (short) 1);
        start.start();
        try {
            Awaitility.await().until(() -> warmth.looks.get() > 0);
            assertThat(start.health().getStatus()).isEqualTo(Status.DOWN);

            warmth.there.set(true);

            Awaitility.await().until(() -> start.health().getStatus().equals(Status.UP));
        } finally {
            start.stop();
        }
    }

    @Test
    void aTopicThatTheBrokerMadeByItselfIsMended() throws Exception {
        try (var admin = Admin.create(
                Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, RealServers.kafkaBootstrap()))) {
            admin.createTopics(List.of(new NewTopic("made.too.early", 2, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            var plan = new NewTopic("made.too.early", 5, (short) 1).configs(Map.of("cleanup.policy", "compact"));

            new Topics(admin, 20_000).bring(List.of(plan));
            new Topics(admin, 20_000).bring(List.of(plan));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(Objects.requireNonNull(admin.describeTopics(List.of(plan.name()))
                                            .allTopicNames()
                                            .get(20, TimeUnit.SECONDS)
                                            .get(plan.name()))
                                    .partitions())
                            .hasSize(5));
            var resource = new ConfigResource(ConfigResource.Type.TOPIC, plan.name());
            var config = Objects.requireNonNull(admin.describeConfigs(List.of(resource))
                    .all()
                    .get(20, TimeUnit.SECONDS)
                    .get(resource));
            assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
        }
    }

    private HttpCall.Reply management(String path) {
        return HttpCall.get("http://localhost:" + managementPort + "/actuator/" + path)
                .send();
    }

    private static final class AwayAtFirst implements Warmth {

        private final AtomicInteger looks = new AtomicInteger();
        private final AtomicBoolean there = new AtomicBoolean();

        @Override
        public void warm(UserKey user) {}

        @Override
        public void reach() throws Unavailable {
            looks.incrementAndGet();
            if (!there.get()) {
                throw new Unavailable("MariaDB does not answer");
            }
        }
    }
}
