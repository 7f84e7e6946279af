package io.xiaoer.drills.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.local.server.ChildProcess;
import io.xiaoer.local.server.Ports;
import io.xiaoer.local.server.RedisServer;
import io.xiaoer.local.server.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A silenced subscription stays open and hears nothing, whatever else goes through the relay.
class RedisRelayIT {
    private static final String PASSWORD = "a-password-of-this-test";
    private static final int PATIENCE_MS = 30_000;

    @TempDir
    private static Path directory;

    private RedisServer redis;
    private ChildProcess process;
    private RedisRelay relay;

    @BeforeEach
    void start() throws Exception {
        redis = new RedisServer(directory.resolve("redis"), Ports.free(), new Secret(PASSWORD));
        redis.prepare();
        process = ChildProcess.launch(redis, directory.resolve("redis.log"));
        process.awaitReady(Duration.ofMillis(PATIENCE_MS));
        relay = new RedisRelay(redis::port);
    }

    @AfterEach
    void stop() throws Exception {
        relay.close();
        process.close();
    }

    @Test
    void aSilencedSubscriptionIsOpenAndDeafAndTheNextOneHears() throws Exception {
        try (var deaf = new Subscription();
                var commands = new RedisAdmin(relay.port(), PASSWORD)) {
            commands.command("PUBLISH", "news", "one");
            assertThat(deaf.next()).isEqualTo("one");
            assertThat(relay.subscriptions()).isEqualTo(1);

            relay.silenceSubscriptions();
            assertThat(relay.subscriptions()).isZero();
            try (var next = new Subscription()) {
                assertThat(commands.command("PUBLISH", "news", "two"))
                        .as("Redis has both on its list")
                        .isEqualTo("2");
                assertThat(next.next()).isEqualTo("two");
                assertThat(relay.subscriptions()).isEqualTo(1);
                assertThat(deaf.waiting()).isZero();
                assertThat(deaf.isOpen()).isTrue();
            }
        }
    }

    @Test
    void whoFindsNoRedisIsHungUpOn() throws Exception {
        process.kill();

        assertThatThrownBy(() -> new RedisAdmin(relay.port(), PASSWORD).close()).isInstanceOf(IOException.class);
    }

    /// A connection that has subscribed to the channel `news`.
    private final class Subscription implements AutoCloseable {
        private final Socket socket = new Socket("127.0.0.1", relay.port());
        private final InputStream in = socket.getInputStream();

        Subscription() throws IOException {
            socket.setSoTimeout(PATIENCE_MS);
            say("*2\r\n$4\r\nAUTH\r\n$%d\r\n%s\r\n".formatted(PASSWORD.length(), PASSWORD));
            assertThat(line()).isEqualTo("+OK");
            say("*2\r\n$9\r\nSUBSCRIBE\r\n$4\r\nnews\r\n");
            assertThat(second("subscribe")).isEqualTo("news");
            assertThat(line()).isEqualTo(":1");
        }

        String next() throws IOException {
            assertThat(second("message")).isEqualTo("news");
            line();
            return line();
        }

        /// Reads an array's head and its first two texts.
        private String second(String kind) throws IOException {
            assertThat(line()).isEqualTo("*3");
            line();
            assertThat(line()).isEqualTo(kind);
            line();
            return line();
        }

        int waiting() throws IOException {
            return in.available();
        }

        /// A closed connection ends its stream; this one has nothing to say.
        boolean isOpen() throws IOException {
            socket.setSoTimeout(200);
            try {
                return in.read() >= 0;
            } catch (java.net.SocketTimeoutException silence) {
                return true;
            }
        }

        private void say(String words) throws IOException {
            socket.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            int c;
            while ((c = in.read()) != '\n') {
                if (c < 0) {
                    throw new IOException("hung up");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
