package io.xiaoer.common.testing;

import io.xiaoer.local.server.KafkaServer;
import io.xiaoer.local.server.MariaDbServer;
import io.xiaoer.local.server.RedisServer;
import io.xiaoer.local.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;

/// Runs the servers in containers, at fixed ports of this machine, so that a container that is stopped and started
/// again is found where it was.
final class ContainerBackend implements Backend {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int GRACE_S = 10;

    private final List<String> versions = new ArrayList<>();

    ContainerBackend() {
        for (var kind : ServerKind.values()) {
            versions.add(kind.image());
        }
    }

    @Override
    public Path directory() throws IOException {
        return Files.createTempDirectory("xiaoer-containers");
    }

    @Override
    public String describe(RedisServer redis, KafkaServer kafka, MariaDbServer mariaDb) {
        return "Testcontainers: " + String.join(", ", versions);
    }

    @Override
    public RunningServer run(ServerKind kind, Server server) {
        var container = new FixedPort(kind.image(), server);
        switch (kind) {
            case REDIS -> redis(container);
            case KAFKA -> kafka(container, server);
            case MARIADB -> mariaDb(container);
        }
        container.waitingFor(new UntilItAnswers(server)).start();
        return container;
    }

    private static void redis(FixedPort container) {
        container.listensOn(6379).withCommand("redis-server", "--requirepass", RealServers.dbPassword(), "--save", "");
    }

    private static void mariaDb(FixedPort container) {
        var grants = new StringBuilder();
        for (var schema : RealServers.SCHEMAS) {
            grants.append("CREATE DATABASE IF NOT EXISTS `%s` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;\n"
                    .formatted(schema));
            grants.append("GRANT ALL PRIVILEGES ON `%s`.* TO '%s'@'%%';\n".formatted(schema, RealServers.dbUser()));
        }
        container
                .listensOn(3306)
                .withEnv("MARIADB_USER", RealServers.dbUser())
                .withEnv("MARIADB_PASSWORD", RealServers.dbPassword())
                .withEnv("MARIADB_ROOT_PASSWORD", RealServers.dbPassword())
                .withCopyToContainer(Transferable.of(grants.toString()), "/docker-entrypoint-initdb.d/schemas.sql")
                .withCommand(
                        "--character-set-server=utf8mb4",
                        "--collation-server=utf8mb4_bin",
                        "--default-time-zone=+00:00",
                        "--max-connections=200");
    }

    private static void kafka(FixedPort container, Server server) {
        container
                .listensOn(9092)
                .withEnv("KAFKA_NODE_ID", "1")
                .withEnv("KAFKA_PROCESS_ROLES", "broker,controller")
                .withEnv("KAFKA_LISTENERS", "PLAINTEXT://:9092,INSIDE://:9094,CONTROLLER://:9093")
                .withEnv(
                        "KAFKA_ADVERTISED_LISTENERS",
                        "PLAINTEXT://127.0.0.1:%d,INSIDE://localhost:9094".formatted(server.port()))
                .withEnv(
                        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                        "PLAINTEXT:PLAINTEXT,INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT")
                .withEnv("KAFKA_INTER_BROKER_LISTENER_NAME", "INSIDE")
                .withEnv("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
                .withEnv("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093")
                .withEnv("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1")
                .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "8")
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1")
                .withEnv("KAFKA_NUM_PARTITIONS", "4")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
    }

    /// A container bound to the port that its [Server] names.
    private static final class FixedPort extends GenericContainer<FixedPort> implements RunningServer {
        private final Server server;

        FixedPort(String image, Server server) {
            super(image);
            this.server = server;
        }

        FixedPort listensOn(int inside) {
            setPortBindings(List.of("127.0.0.1:%d:%d".formatted(server.port(), inside)));
            return withExposedPorts(inside);
        }

        /// The first call makes the container; a later one starts the same again.
        @Override
        public void start() {
            if (getContainerId() == null) {
                super.start();
                return;
            }
            command(id -> getDockerClient().startContainerCmd(id).exec());
            awaitAnswer(server);
        }

        @Override
        public void stop() {
            command(id ->
                    getDockerClient().stopContainerCmd(id).withTimeout(GRACE_S).exec());
        }

        @Override
        public void kill() {
            command(id -> getDockerClient().killContainerCmd(id).exec());
        }

        private void command(Consumer<String> command) {
            command.accept(getContainerId());
        }
    }

    /// Asks the server in its own protocol from outside, as a client would.
    private static final class UntilItAnswers extends AbstractWaitStrategy {
        private final Server server;

        UntilItAnswers(Server server) {
            this.server = server;
        }

        @Override
        protected void waitUntilReady() {
            awaitAnswer(server);
        }
    }

    private static void awaitAnswer(Server server) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!server.answers()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("%s did not answer within %s".formatted(server.name(), PATIENCE));
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }
}
