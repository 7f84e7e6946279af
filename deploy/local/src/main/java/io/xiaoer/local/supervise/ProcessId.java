package io.xiaoer.local.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A process id together with the moment the process started, since the system uses ids again.
public record ProcessId(long pid, long startedMs) {

    /// Nothing runs.
    public static final ProcessId NONE = new ProcessId(0, 0);

    public static ProcessId of(long pid) {
        var started = ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(Instant::toEpochMilli);
        return started.map(ms -> new ProcessId(pid, ms)).orElse(NONE);
    }

    public static ProcessId self() {
        return of(ProcessHandle.current().pid());
    }

    public boolean alive() {
        return find().isPresent();
    }

    /// The living process; one that has ended and waits for its parent to notice does not count.
    public Optional<ProcessHandle> find() {
        if (pid == 0) {
            return Optional.empty();
        }
        return ProcessHandle.of(pid)
                .filter(process ->
                        process.info().startInstant().map(Instant::toEpochMilli).equals(Optional.of(startedMs)))
                .filter(process -> process.isAlive() && !ended(pid));
    }

    private static boolean ended(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException e) {
            return false;
        }
    }
}
