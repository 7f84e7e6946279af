package io.xiaoer.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.server.Ports;
import io.xiaoer.local.supervise.Leftovers;
import io.xiaoer.local.supervise.ProcessId;
import io.xiaoer.local.supervise.RunState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A start that is broken off or refused leaves nothing that runs and nothing that says so.
class UpDetachedIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private DataDirectory data = new DataDirectory(Path.of("."));

    @BeforeEach
    void lay() {
        data = new DataDirectory(directory.resolve("var"));
    }

    @AfterEach
    void end() throws Exception {
        var state = RunState.read(data);
        if (state.isPresent()) {
            Leftovers.end(data, state.get());
        }
    }

    @Test
    void aSupervisorThatIsNotInTheStateYetEndsWithTheCommandThatIsInterrupted() throws Exception {
        var up = up(Ports.free(), Map.of());
        try {
            await().atMost(PATIENCE).until(() -> up.children().findAny().isPresent());
            var supervisor = ProcessId.of(up.children().findAny().orElseThrow().pid());

            up.destroy();

            await().atMost(PATIENCE).until(() -> !up.isAlive());
            var left = RunState.read(data);
            if (left.isPresent() && left.get().anythingAlive()) {
                // It was quick, and is known: `down` finds it.
                assertThat(left.get().supervisor()).isEqualTo(supervisor);
                Leftovers.end(data, left.get());
            }
            await().atMost(PATIENCE).until(() -> !supervisor.alive());
            assertThat(RunState.read(data).filter(RunState::anythingAlive)).isEmpty();
        } finally {
            up.destroyForcibly();
        }
    }

    @Test
    void aStartThatIsRefusedLeavesNoState() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var up = up(taken.getLocalPort(), Map.of());

            await().atMost(PATIENCE).until(() -> !up.isAlive());
            assertThat(up.exitValue()).isNotZero();
            assertThat(RunState.read(data)).isEmpty();
        }
    }

    @Test
    void aSettingThatIsMisspeltIsRefusedBeforeAnythingRuns() throws Exception {
        var up = up(Ports.free(), Map.of("XIAOER_JIT", "ful"));

        await().atMost(PATIENCE).until(() -> !up.isAlive());
        assertThat(up.exitValue()).isEqualTo(1);
        assertThat(directory.resolve("up.log")).content().contains("XIAOER_JIT is first or full, and not ful");
        assertThat(RunState.read(data)).isEmpty();
    }

    private Process up(int port, Map<String, String> environment) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var builder = new ProcessBuilder(List.of(
                        java,
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dxiaoer.home=" + directory,
                        "-cp",
                        classes,
                        "io.xiaoer.local.Local",
                        "up",
                        "--detach",
                        "--data",
                        data.root().toString(),
                        "--port",
                        Integer.toString(port)))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("up.log").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
