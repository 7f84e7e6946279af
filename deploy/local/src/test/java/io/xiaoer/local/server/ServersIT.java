package io.xiaoer.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.local.bench.LockedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each server comes up as a real process, keeps what it must keep, and goes when told.
class ServersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Secret PASSWORD = new Secret("a-password-of-this-test");

    @TempDir
    Path directory;

    @Test
    void redisAnswersWithItsPasswordAndForgetsOnRequest() throws Exception {
        var redis = new RedisServer(odd().resolve("redis"), Ports.free(), PASSWORD);
        redis.prepare();
        try (var process = launch(redis)) {
            process.awaitReady(PATIENCE);
            redis.flushAll();
            var stranger = new RedisServer(directory.resolve("other"), redis.port(), new Secret("wrong"));
            assertThat(stranger.answers()).isFalse();
        }
        assertThat(redis.answers()).isFalse();
    }

    @Test
    void kafkaComesUpAgainOnOtherPortsWithItsData() throws Exception {
        var first = new KafkaServer(odd().resolve("kafka"), Ports.free(), Ports.free(), 256);
        first.prepare();
        try (var process = launch(first)) {
            process.awaitReady(PATIENCE);
        }
        assertThat(odd().resolve("kafka/data/meta.properties")).exists();
        var again = new KafkaServer(odd().resolve("kafka"), Ports.free(), Ports.free(), 256);
        again.prepare();
        try (var process = launch(again)) {
            process.awaitReady(PATIENCE);
            process.kill();
            assertThat(again.answers()).isFalse();
        }
    }

    @Test
    void mariaDbHasTheSchemasOfItsAccountAfterARestartToo() throws Exception {
        var account = new MariaDbServer.Account("xiaoer", PASSWORD, List.of("xiaoer_one", "xiaoer_two"));
        var database = new MariaDbServer(odd().resolve("mariadb"), Ports.free(), account, 20);
        database.prepare();
        try (var process = launch(database)) {
            process.awaitReady(PATIENCE);
            run(database, "CREATE TABLE kept (id INT PRIMARY KEY)");
        }
        database.prepare();
        try (var process = launch(database)) {
            process.awaitReady(PATIENCE);
            run(database, "INSERT INTO kept VALUES (1)");
            var reading = "SET STATEMENT lock_wait_timeout = 1 FOR SELECT id FROM kept";
            try (var held = new LockedTable(database.url("xiaoer_one"), "xiaoer", PASSWORD, "kept").begin()) {
                assertThatThrownBy(() -> run(database, reading)).hasMessageContaining("Lock wait timeout");
            }
            run(database, reading);
            assertThatThrownBy(() -> DriverManager.getConnection(database.url("xiaoer_one"), "root", ""))
                    .hasMessageContaining("Access denied");
        }
    }

    @Test
    void aProcessThatEndsWhileStartingIsAFailureThatNamesItsLog() throws Exception {
        var redis = new RedisServer(directory.resolve("redis"), Ports.free(), PASSWORD);
        redis.prepare();
        Files.writeString(directory.resolve("redis/redis.conf"), "nonsense yes");
        try (var process = launch(redis)) {
            assertThatThrownBy(() -> process.awaitReady(PATIENCE))
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining("redis.log");
        }
    }

    @Test
    void kafkaTakesNoDirectoryThatItWouldTakeForTwo() {
        var kafka = new KafkaServer(directory.resolve("a,b"), Ports.free(), Ports.free(), 256);

        assertThatThrownBy(kafka::prepare).isInstanceOf(IOException.class).hasMessageContaining("comma");
        assertThat(directory.resolve("a,b")).doesNotExist();
    }

    /// Below a directory with a name such as people give them, in letters that this JVM's locale has.
    private Path odd() {
        var name = "my shop's #1 \\n" + ("UTF-8".equals(System.getProperty("sun.jnu.encoding")) ? " 数据" : "");
        return directory.resolve(name);
    }

    private ChildProcess launch(Server server) throws Exception {
        return ChildProcess.launch(server, directory.resolve(server.name() + ".log"));
    }

    private static void run(MariaDbServer database, String sql) throws Exception {
        try (var connection = DriverManager.getConnection(database.url("xiaoer_one"), "xiaoer", PASSWORD.value());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
