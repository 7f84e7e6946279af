package io.xiaoer.common.testing;

import io.xiaoer.local.server.KafkaServer;
import io.xiaoer.local.server.MariaDbServer;
import io.xiaoer.local.server.Ports;
import io.xiaoer.local.server.RedisServer;
import io.xiaoer.local.server.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Redis, Kafka and MariaDB for integration tests, real processes each, shared by all test classes of a JVM, started
/// when first asked for and gone when the JVM ends.
///
/// ```java
/// @WithServers(value = {REDIS, KAFKA, MARIADB}, schema = "xiaoer_session")
/// @SpringBootTest(webEnvironment = RANDOM_PORT)
/// class AnAnswerArrivesIT { … }
/// ```
///
/// A Spring context finds them through the system properties that an application.yml reads: `REDIS_URL`,
/// `KAFKA_BOOTSTRAP`, `DB_URL` (of the annotation's schema), `DB_USER`, `DB_PASSWORD`. Anything else uses the methods
/// here. [#stop], [#kill] and [#start] break and mend one server for fault tests; its address stays. Whoever breaks a
/// server mends it: others use it next.
///
/// The environment variable `XIAOER_TEST_BACKEND` chooses `embedded` (child processes) or `testcontainers`; without it
/// containers are used only if a docker engine answers and holds all images already.
///
/// A module that uses this has, in scope test: `io.xiaoer:common-lib` of type `test-jar`, `io.xiaoer:local`,
/// `org.testcontainers:testcontainers`, `org.mariadb.jdbc:mariadb-java-client` where it asks for MariaDB itself, and
/// `spring-boot-starter-test`. (A test-jar brings no dependencies along.)
public final class RealServers {
    /// Every schema that exists; a service's tests use the service's own.
    public static final List<String> SCHEMAS =
            List.of("xiaoer_test", "xiaoer_session", "xiaoer_bot", "xiaoer_ordersync", "xiaoer_compensation");

    private static final String USER = "xiaoer";
    private static final Secret PASSWORD = new Secret(UUID.randomUUID().toString());
    private static final int MAX_CONNECTIONS = 200;
    private static final int KAFKA_HEAP_MB = 256;

    private static final Map<ServerKind, RunningServer> RUNNING = new EnumMap<>(ServerKind.class);
    private static final Backend BACKEND = Backend.chosen();
    private static final RedisServer REDIS;
    private static final KafkaServer KAFKA;
    private static final MariaDbServer MARIADB;

    static {
        try {
            var home = BACKEND.directory();
            var account = new MariaDbServer.Account(USER, PASSWORD, SCHEMAS);
            REDIS = new RedisServer(home.resolve("redis"), Ports.free(), PASSWORD);
            KAFKA = new KafkaServer(home.resolve("kafka"), Ports.free(), Ports.free(), KAFKA_HEAP_MB);
            MARIADB = new MariaDbServer(home.resolve("mariadb"), Ports.free(), account, MAX_CONNECTIONS);
            System.out.println("Integration tests run over " + BACKEND.describe(REDIS, KAFKA, MARIADB));
        } catch (IOException e) {
            throw new UncheckedIOException("No servers for integration tests", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while looking for servers", e);
        }
    }

    private RealServers() {}

    public static String redisUrl() {
        running(ServerKind.REDIS);
        return REDIS.url();
    }

    public static String kafkaBootstrap() {
        running(ServerKind.KAFKA);
        return KAFKA.bootstrap();
    }

    /// The JDBC address of one of [#SCHEMAS].
    public static String dbUrl(String schema) {
        if (!SCHEMAS.contains(schema)) {
            throw new IllegalArgumentException("Unknown schema " + schema + "; there are " + SCHEMAS);
        }
        running(ServerKind.MARIADB);
        return MARIADB.url(schema);
    }

    public static String dbUser() {
        return USER;
    }

    public static String dbPassword() {
        return PASSWORD.value();
    }

    /// Empties Redis while it runs.
    public static void flushRedis() {
        try {
            REDIS.flushAll();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis was not emptied", e);
        }
    }

    /// Ends the server in order. Kafka and MariaDB keep their data.
    public static void stop(ServerKind kind) {
        running(kind).stop();
    }

    /// Ends the server as `kill -9` does.
    public static void kill(ServerKind kind) {
        running(kind).kill();
    }

    /// Starts a stopped or killed server again at its old address and returns when it answers.
    public static void start(ServerKind kind) {
        running(kind).start();
    }

    /// Starts what does not run yet, all at once, and sets the system properties.
    static void startAll(String schema, ServerKind... kinds) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starting = List.of(kinds).stream()
                    .<Future<?>>map(kind -> threads.submit(() -> running(kind)))
                    .toList();
            for (var start : starting) {
                start.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A server for the tests did not start", e.getCause());
        }
        if (List.of(kinds).contains(ServerKind.MARIADB)) {
            System.setProperty("DB_URL", dbUrl(schema));
        }
    }

    private static RunningServer running(ServerKind kind) {
        synchronized (kind) {
            RunningServer known;
            synchronized (RUNNING) {
                known = RUNNING.get(kind);
            }
            if (known != null) {
                return known;
            }
            var started = switch (kind) {
                case REDIS -> BACKEND.run(kind, REDIS);
                case KAFKA -> BACKEND.run(kind, KAFKA);
                case MARIADB -> BACKEND.run(kind, MARIADB);
            };
            synchronized (RUNNING) {
                RUNNING.put(kind, started);
            }
            publish(kind);
            return started;
        }
    }

    private static void publish(ServerKind kind) {
        switch (kind) {
            case REDIS -> System.setProperty("REDIS_URL", REDIS.url());
            case KAFKA -> System.setProperty("KAFKA_BOOTSTRAP", KAFKA.bootstrap());
            case MARIADB -> {
                System.setProperty("DB_USER", USER);
                System.setProperty("DB_PASSWORD", PASSWORD.value());
            }
        }
    }
}
