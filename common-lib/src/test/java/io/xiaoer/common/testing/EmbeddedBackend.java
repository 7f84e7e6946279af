package io.xiaoer.common.testing;

import io.xiaoer.local.server.ChildProcess;
import io.xiaoer.local.server.KafkaServer;
import io.xiaoer.local.server.MariaDbServer;
import io.xiaoer.local.server.RedisServer;
import io.xiaoer.local.server.Server;
import io.xiaoer.local.server.StartFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// Runs the servers as child processes of the test JVM, each JVM its own set under its own [TestHome].
final class EmbeddedBackend implements Backend {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final TestHome home = TestHome.make();

    @Override
    public Path directory() {
        return home.directory();
    }

    @Override
    public String describe(RedisServer redis, KafkaServer kafka, MariaDbServer mariaDb) throws IOException {
        return "embedded servers: Redis %s, Kafka %s, MariaDB %s"
                .formatted(redis.version(), kafka.version(), mariaDb.version());
    }

    @Override
    public RunningServer run(ServerKind kind, Server server) {
        var running = new Embedded(server);
        running.start();
        return running;
    }

    private final class Embedded implements RunningServer {
        private final Server server;
        private ChildProcess process;

        Embedded(Server server) {
            this.server = server;
            this.process = launch(server);
        }

        private ChildProcess launch(Server server) {
            try {
                server.prepare();
                var launched = ChildProcess.launch(server, directory().resolve(server.name() + ".log"));
                home.remember(launched.pid());
                return launched;
            } catch (IOException e) {
                throw new IllegalStateException("Cannot start " + server.name(), e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }

        @Override
        public void start() {
            if (!process.alive()) {
                process = launch(server);
            }
            try {
                process.awaitReady(PATIENCE);
            } catch (StartFailedException e) {
                throw new IllegalStateException(e.getMessage(), e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }

        @Override
        public void stop() {
            try {
                process.close();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }

        @Override
        public void kill() {
            try {
                process.kill();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }

        private IllegalStateException interrupted(InterruptedException e) {
            Thread.currentThread().interrupt();
            return new IllegalStateException("Interrupted while waiting for " + server.name(), e);
        }
    }
}
