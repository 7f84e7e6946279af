package io.xiaoer.local.command;

import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.supervise.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Starts the supervisor as a process of its own, shows what it says, and returns once the suite is up.
final class UpDetached implements Command {
    private static final long LOOK_AGAIN_MS = 100;
    /// It may have launched everything by the time it hears that it is to end.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DataDirectory data;
    private final int gatewayPort;
    private @Nullable Process launched;
    private boolean isEnding;

    UpDetached(DataDirectory data, int gatewayPort) {
        this.data = data;
        this.gatewayPort = gatewayPort;
    }

    @Override
    public int run() throws Refusal, IOException, InterruptedException {
        Up.lay(data);
        if (RunState.read(data).filter(RunState::anythingAlive).isEmpty()) {
            Up.requireRoom(data);
        }
        var log = data.log("supervisor");
        var start = Files.exists(log) ? Files.size(log) : 0;
        Runtime.getRuntime().addShutdownHook(new Thread(this::endUnknown, "end-unknown"));
        var supervisor = launch(log);
        var said = new Follower(log, start);
        while (!supervisor.waitFor(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)) {
            var up = isUp(supervisor.pid());
            said.printNew();
            if (up) {
                said.printNew();
                return 0;
            }
        }
        said.printNew();
        return supervisor.exitValue() == 0 ? awaitOther() : supervisor.exitValue();
    }

    /// Ours ended since another one has the suite, or is about to start it.
    private int awaitOther() throws Refusal, IOException, InterruptedException {
        var never = new CountDownLatch(1);
        var seen = System.nanoTime();
        while (System.nanoTime() - seen < PATIENCE.toNanos()) {
            var other = RunState.read(data).filter(state -> state.supervisor().alive());
            if (other.filter(RunState::complete).isPresent()) {
                return 0;
            }
            seen = other.isPresent() ? System.nanoTime() : seen;
            var ignored = never.await(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
        }
        throw new Refusal(
                "It did not come up; ./xiaoer logs supervisor%s may say why.".formatted(Commands.where(data)));
    }

    private synchronized Process launch(Path log) throws IOException {
        if (isEnding) {
            throw new IOException("The command was interrupted");
        }
        var supervisor = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        launched = supervisor;
        return supervisor;
    }

    /// A supervisor that is not in the state yet is one that `down` does not find. Whoever interrupts us then
    /// means it as well; later it goes on, and `down` ends it. One that is just being launched is waited for.
    private synchronized void endUnknown() {
        isEnding = true;
        var supervisor = launched;
        if (supervisor == null || !supervisor.isAlive()) {
            return;
        }
        try {
            if (of(supervisor.pid()).isEmpty()) {
                supervisor.destroy();
                supervisor.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            supervisor.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isUp(long pid) throws IOException {
        return of(pid).filter(RunState::complete).isPresent();
    }

    private Optional<RunState> of(long pid) throws IOException {
        return RunState.read(data).filter(state -> state.supervisor().pid() == pid);
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            // A session of its own, so that closing the terminal does not end it.
            command.add("/usr/bin/setsid");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-XX:+UseCompactObjectHeaders", "--sun-misc-unsafe-memory-access=allow"));
        command.add("-Dxiaoer.home=" + Commands.home());
        command.addAll(List.of("-Xss512k"));
        command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8", "-Dsun.jnu.encoding=UTF-8"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.xiaoer.local.Local"));
        command.addAll(List.of("supervise", "--data", data.root().toString()));
        command.addAll(List.of("--port", Integer.toString(gatewayPort)));
        return command;
    }
}
