package io.xiaoer.common.testing;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.xiaoer.local.server.ChildProcess;
import io.xiaoer.local.server.Ports;
import io.xiaoer.local.server.RedisServer;
import io.xiaoer.local.server.Secret;
import io.xiaoer.local.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/// Three masters of a Redis Cluster, real processes, a third of the slots each.
public final class RedisCluster implements AutoCloseable {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final int BUS = 10_000;

    private final String password = UUID.randomUUID().toString();
    private final List<ChildProcess> processes = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    public RedisCluster(Path directory) throws IOException, InterruptedException {
        try {
            for (int master = 0; master < MASTERS; master++) {
                var server = new Master(directory.resolve("redis-" + master), port(), password);
                server.prepare();
                ports.add(server.port());
                processes.add(ChildProcess.launch(server, directory.resolve(server.port() + ".log")));
            }
            for (var process : processes) {
                process.awaitReady(Duration.ofSeconds(60));
            }
            meet();
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        } catch (Exception e) {
            close();
            throw new IOException("The cluster did not start", e);
        }
    }

    /// `host:port` of each.
    public List<String> nodes() {
        return ports.stream().map(port -> "127.0.0.1:" + port).toList();
    }

    public String password() {
        return password;
    }

    /// One member alone, past the cluster.
    public RedisURI member(int number) {
        return RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(ports.get(number))
                .withPassword(password.toCharArray())
                .build();
    }

    @Override
    public void close() {
        for (var process : processes) {
            try {
                process.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void meet() {
        for (int number = 0; number < MASTERS; number++) {
            try (var client = RedisClient.create(member(number));
                    var connection = client.connect()) {
                var redis = connection.sync();
                redis.clusterSetConfigEpoch(number + 1L);
                redis.clusterAddSlots(IntStream.range(SLOTS * number / MASTERS, SLOTS * (number + 1) / MASTERS)
                        .toArray());
                redis.clusterMeet("127.0.0.1", ports.getFirst());
            }
        }
        for (int number = 0; number < MASTERS; number++) {
            try (var client = RedisClient.create(member(number));
                    var connection = client.connect()) {
                var redis = connection.sync();
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                    var info = redis.clusterInfo();
                    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + MASTERS);
                });
            }
        }
    }

    /// Members speak to each other ten thousand ports above.
    private static int port() {
        while (true) {
            int port = Ports.free();
            if (port + BUS <= 65_535 && Ports.isFree(port + BUS)) {
                return port;
            }
        }
    }

    private record Master(Path directory, int port, String password) implements Server {

        private static final String CONFIGURATION = """
                bind 127.0.0.1
                port %d
                requirepass %s
                cluster-enabled yes
                cluster-node-timeout 5000
                save ""
                appendonly no
                dir "%s"
                """;

        @Override
        public String name() {
            return "redis";
        }

        @Override
        public void prepare() throws IOException {
            Files.createDirectories(directory);
            Files.writeString(
                    directory.resolve("redis.conf"),
                    CONFIGURATION.formatted(port, password, directory.toAbsolutePath()));
        }

        @Override
        public List<String> command() {
            return List.of(program(), directory.resolve("redis.conf").toString());
        }

        @Override
        public boolean answers() {
            try {
                return alone().answers();
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /// The program that the suite runs, too.
        private String program() {
            try {
                return alone().command().getFirst();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private RedisServer alone() throws IOException, InterruptedException {
            return new RedisServer(directory, port, new Secret(password));
        }
    }
}
