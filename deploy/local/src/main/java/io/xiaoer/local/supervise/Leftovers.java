package io.xiaoer.local.supervise;

import io.xiaoer.local.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Ends processes that we did not start ourselves but know from the written state: a running suite, through its
/// supervisor, or what a killed supervisor left.
public final class Leftovers {
    private static final Duration PATIENCE_WITH_SUPERVISOR = Duration.ofMillis(9300);
    private static final Duration PATIENCE_WITH_PROCESSES = Duration.ofMillis(4500);

    private Leftovers() {}

    /// Ends all, in order where there is time and by force where not; nothing of the state runs when this returns.
    public static void end(DataDirectory data, RunState state) throws IOException, InterruptedException {
        var supervisor = state.supervisor().find();
        if (supervisor.isPresent()) {
            supervisor.get().destroy();
            if (!gone(supervisor.get(), PATIENCE_WITH_SUPERVISOR)) {
                supervisor.get().destroyForcibly();
            }
        }
        // Read again: a process may have been started again since.
        var now = RunState.read(data).orElse(state);
        var alive = now.processes().stream()
                .flatMap(process -> process.process().find().stream())
                .toList();
        if (supervisor.isEmpty()) {
            alive.forEach(ProcessHandle::destroy);
            endWithin(alive, PATIENCE_WITH_PROCESSES);
        }
        alive.forEach(ProcessHandle::destroyForcibly);
        endWithin(alive, PATIENCE_WITH_PROCESSES);
        Files.deleteIfExists(data.state());
    }

    private static void endWithin(List<ProcessHandle> processes, Duration patience) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        for (var process : processes) {
            var left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            if (!gone(process, left)) {
                return;
            }
        }
    }

    private static boolean gone(ProcessHandle process, Duration patience) throws InterruptedException {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !ProcessId.of(process.pid()).alive();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The end of a process cannot be told", e);
        }
    }
}
