package io.xiaoer.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.server.Server;
import io.xiaoer.local.server.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is supervised comes back when it dies and is gone when the supervisor says so.
class SupervisorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private DataDirectory data = new DataDirectory(Path.of("."));
    private Supervisor supervisor = new Supervisor(data, List.of(), List.of());

    /// A program that does nothing, and is taken to answer or never to.
    private record Idle(String name, List<String> command, boolean answers) implements Server {
        @Override
        public int port() {
            return 1;
        }

        @Override
        public void prepare() {}
    }

    @BeforeEach
    void layData() throws Exception {
        data = new DataDirectory(directory.resolve("var"));
        data.lay();
    }

    @AfterEach
    void stop() throws Exception {
        supervisor.stop();
    }

    @Test
    void aKilledProcessIsStartedAgainAndCounted() throws Exception {
        start(new Idle("sleeper", List.of("sleep", "1000"), true));
        var first = theOnly();
        first.process().find().orElseThrow().destroyForcibly();
        await().atMost(PATIENCE).untilAsserted(() -> {
            var again = theOnly();
            assertThat(again.process()).isNotEqualTo(first.process());
            assertThat(again.health()).isEqualTo(Health.UP);
            assertThat(again.restarts()).isEqualTo(1);
        });
    }

    @Test
    void whatHindersALaterStartIsWaitedOut() throws Exception {
        var starts = new AtomicInteger();
        start(new Server() {
            @Override
            public String name() {
                return "hindered";
            }

            @Override
            public int port() {
                return 1;
            }

            @Override
            public void prepare() throws IOException {
                if (starts.incrementAndGet() == 2) {
                    throw new IOException("the disk is full");
                }
            }

            @Override
            public List<String> command() {
                return List.of("sleep", "1000");
            }

            @Override
            public boolean answers() {
                return true;
            }
        });

        theOnly().process().find().orElseThrow().destroyForcibly();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(theOnly().restarts()).isEqualTo(2);
            assertThat(theOnly().health()).isEqualTo(Health.UP);
        });
    }

    @Test
    void aProcessThatDiesAtItsFirstStartIsAFailureThatNamesItsLog() {
        assertThatThrownBy(() -> start(new Idle("broken", List.of("sh", "-c", "sleep 0.1; exit 7"), false)))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("broken")
                .hasMessageContaining("7")
                .hasMessageContaining("broken.log");
    }

    @Test
    void whatAProcessSaidOfItsEndIsToldWithItAndNotWhatOneBeforeItSaid() throws Exception {
        Files.writeString(data.log("refusing"), "ERROR of an earlier start\n");
        var script = "echo 'the port is open'; echo 'ERROR the schema is of another build'; exit 1";

        assertThatThrownBy(() -> start(new Idle("refusing", List.of("sh", "-c", script), false)))
                .isInstanceOf(StartFailedException.class)
                .hasMessageEndingWith("refusing.log%n  ERROR the schema is of another build".formatted());
    }

    @Test
    void aProcessThatEndsWithoutAWordIsToldWithoutOne() throws Exception {
        Files.writeString(data.log("silent"), "ERROR of an earlier start\n");

        assertThatThrownBy(() -> start(new Idle("silent", List.of("false"), false)))
                .isInstanceOf(StartFailedException.class)
                .hasMessageEndingWith("silent.log");
    }

    @Test
    void nothingRunsAfterTheStop() throws Exception {
        start(new Idle("sleeper", List.of("sleep", "1000"), true));
        var process = theOnly().process();
        supervisor.stop();
        assertThat(process.alive()).isFalse();
        assertThat(RunState.read(data)).isEmpty();
    }

    @Test
    void whatAKilledSupervisorLeftIsFoundAndEnded() throws Exception {
        var orphan = new ProcessBuilder("sleep", "1000").start();
        var state = new ProcessState("sleeper", ProcessId.of(orphan.pid()), 1, Health.UP, 0, "sleeper.log");
        new RunState(true, ProcessId.NONE, List.of(state)).write(data);
        Leftovers.end(data, RunState.read(data).orElseThrow());
        assertThat(orphan.isAlive()).isFalse();
    }

    @Test
    void aProcessThatOnlyHasTheSameIdIsLeftAlone() {
        var self = ProcessId.self();
        assertThat(new ProcessId(self.pid(), self.started() + "0").alive()).isFalse();
    }

    @Test
    void whatLaysOutAServerEndsWithTheStop() throws Exception {
        var tool = new CompletableFuture<Process>();
        supervisor = new Supervisor(data, List.of(), List.of(new Laid(tool)));
        supervisor.start((process, time) -> {});
        var running = tool.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        supervisor.stop();

        assertThat(running.onExit()).succeedsWithin(PATIENCE);
    }

    /// A server that a program lays out, which takes for ever.
    private record Laid(CompletableFuture<Process> tool) implements Server {
        @Override
        public String name() {
            return "laid";
        }

        @Override
        public int port() {
            return 1;
        }

        @Override
        public void prepare() throws IOException, InterruptedException {
            var process = new ProcessBuilder("sleep", "1000").start();
            try {
                tool.complete(process);
                process.waitFor();
            } finally {
                process.destroyForcibly();
            }
        }

        @Override
        public List<String> command() {
            return List.of("sleep", "1000");
        }

        @Override
        public boolean answers() {
            return true;
        }
    }

    @Test
    void theTerminalsInterruptIsForTheSupervisorAlone() throws Exception {
        assumeThat(Path.of("/usr/bin/setsid")).isExecutable();

        start(new Idle("sleeper", List.of("sleep", "1000"), true));

        var pid = theOnly().process().pid();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(session(pid)).isEqualTo(Long.toString(pid)));
        assertThat(theOnly().process().alive()).isTrue();
    }

    private static String session(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3];
    }

    @Test
    void whoIsWaitedForIsTold() throws Exception {
        var told = new CopyOnWriteArrayList<String>();
        var late = new Server() {
            @Override
            public String name() {
                return "late";
            }

            @Override
            public int port() {
                return 1;
            }

            @Override
            public void prepare() {}

            @Override
            public List<String> command() {
                return List.of("sleep", "1000");
            }

            @Override
            public boolean answers() {
                return !told.isEmpty();
            }
        };
        supervisor = new Supervisor(data, List.of(), List.of(late));
        supervisor.start((process, time) -> {});

        supervisor.awaitReady(
                PATIENCE, Duration.ofMillis(10), waiting -> waiting.forEach(process -> told.add(process.name())));

        assertThat(told).containsOnly("late");
    }

    private void start(Server server) throws Exception {
        supervisor = new Supervisor(data, List.of(), List.of(server));
        supervisor.start((process, time) -> {});
        supervisor.awaitReady(PATIENCE);
    }

    private ProcessState theOnly() throws Exception {
        return RunState.read(data).orElseThrow().processes().getFirst();
    }
}
