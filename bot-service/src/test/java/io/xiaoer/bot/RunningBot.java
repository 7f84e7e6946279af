package io.xiaoer.bot;

import static org.awaitility.Awaitility.await;

import io.xiaoer.common.access.TestIssuers;
import io.xiaoer.common.event.TopicPlan;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithServers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The whole service over real Redis, Kafka and MariaDB, one context for all classes that extend this one.
@WithServers(
        value = {ServerKind.REDIS, ServerKind.KAFKA, ServerKind.MARIADB},
        schema = "xiaoer_bot")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class RunningBot {

    protected static final TestIssuers ISSUERS = new TestIssuers();
    protected static final Neighbours NEIGHBOURS = new Neighbours(ISSUERS);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// What the tests themselves read and write.
    protected final StringRedisTemplate redis = Patient.REDIS;

    protected ConversationLog log;

    @Autowired
    protected SnowflakeIds ids;

    @LocalServerPort
    protected int port;

    @Autowired
    private SchemaMigration schema;

    @Autowired
    protected org.springframework.core.env.Environment environment;

    /// Clients of the tests' own, which bear a Redis or a Kafka that stands still for a moment on a busy machine. The
    /// service's give up after a second: that is the service's to bear, and no reason for a test to fail.
    private static final class Patient {

        static final StringRedisTemplate REDIS = redis();
        static final KafkaTemplate<String, byte[]> KAFKA = kafka();

        private static StringRedisTemplate redis() {
            var connections = new LettuceConnectionFactory(
                    LettuceConnectionFactory.createRedisConfiguration(RealServers.redisUrl()));
            connections.start();
            return new StringRedisTemplate(connections);
        }

        private static KafkaTemplate<String, byte[]> kafka() {
            return new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(
                    Map.of(
                            "bootstrap.servers", RealServers.kafkaBootstrap(),
                            "delivery.timeout.ms", Math.toIntExact(PATIENCE.toMillis()),
                            "linger.ms", 0),
                    new StringSerializer(),
                    new ByteArraySerializer()));
        }
    }

    /// The service makes ids once its schema stands and a node number is leased.
    @BeforeEach
    void waitForTheService() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> schema.mayBeUsed() && !ids.next().isEmpty());
        log = new ConversationLog(redis, ids, Clock.systemUTC(), LogLimits.CONTRACT);
    }

    /// Brings a record to Kafka, once.
    protected static void produce(ProducerRecord<String, byte[]> message) {
        Patient.KAFKA
                .send(message)
                .orTimeout(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry registry) throws Exception {
        createTopics();
        registry.add("ISSUER_URI", ISSUERS::issuer);
        registry.add("SUITE_JWKS_URI", ISSUERS::suiteKeysUri);
        registry.add("SESSION_URI", NEIGHBOURS::address);
        registry.add("ORDER_SYNC_URI", NEIGHBOURS::address);
        registry.add("SERVICE_SECRET", () -> Neighbours.SECRET);
        registry.add("MANAGEMENT_PORT", () -> "0");
        // What tests count the neighbours are asked for by tests alone.
        registry.add("xiaoer.bot.warm-up", () -> "false");
    }

    private static void createTopics() throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", RealServers.kafkaBootstrap()))) {
            Set<String> known = admin.listTopics().names().get();
            var missing = TopicPlan.topicsOf("session-service", (short) 1).stream()
                    .filter(topic -> !known.contains(topic.name()))
                    .collect(Collectors.toList());
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("no topics for the tests", e.getCause());
        }
    }
}
