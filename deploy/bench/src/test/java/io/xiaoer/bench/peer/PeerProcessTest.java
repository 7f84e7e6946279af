package io.xiaoer.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.local.server.Server;
import io.xiaoer.local.supervise.ProcessId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path logs;

    /// A program that does nothing.
    private record Sleeper(String name, int port, List<String> command) implements Server {
        Sleeper() {
            this("sleeper", 1, List.of("sleep", "1000"));
        }

        @Override
        public void prepare() {}

        @Override
        public boolean answers() {
            return true;
        }
    }

    /// A bench that starts a peer, says which process that is, and waits.
    static final class ABench {
        private ABench() {}

        public static void main(String[] words) throws Exception {
            var peer = PeerProcess.start(new Sleeper(), Path.of(words[0]));
            System.out.println(peer.state().process().pid());
            TimeUnit.HOURS.sleep(1);
        }
    }

    @Test
    void aPeerEndsWithTheBenchThatWasKilled() throws Exception {
        var bench = bench();
        try (var said = new BufferedReader(new InputStreamReader(bench.getInputStream(), StandardCharsets.UTF_8))) {
            var peer = ProcessId.of(Long.parseLong(said.readLine()));
            assertThat(peer.alive()).isTrue();

            bench.destroyForcibly();

            await().atMost(PATIENCE).until(() -> !peer.alive());
        } finally {
            bench.destroyForcibly();
        }
    }

    private Process bench() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var options = List.of(java, "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", classes);
        var command = Stream.concat(options.stream(), Stream.of(ABench.class.getName(), logs.toString()));
        return new ProcessBuilder(command.toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void aPeerThatIsClosedIsGoneAndItsGuardWithIt() throws Exception {
        var before = ProcessHandle.current().children().toList();
        var peer = PeerProcess.start(new Sleeper(), logs);
        var started = ProcessHandle.current()
                .children()
                .filter(child -> !before.contains(child))
                .toList();
        assertThat(started).as("the peer and its guard").hasSizeGreaterThanOrEqualTo(2);

        peer.close();

        await().atMost(PATIENCE).until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
    }
}
