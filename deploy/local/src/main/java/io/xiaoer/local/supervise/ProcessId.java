package io.xiaoer.local.supervise;

import com.alibaba.fastjson2.JSONObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A process id together with the moment the process started, since the system uses ids again.
///
/// The moment is counted from the machine's start where the system tells it so: what a JVM tells in the
/// time of day is another one once the clock was set, and a suite that runs would be taken for one that
/// is down.
///
/// @param started `BOOT/TICKS` of the machine's start, or milliseconds of the time of day
public record ProcessId(long pid, String started) {

    /// Nothing runs.
    public static final ProcessId NONE = new ProcessId(0, "");

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    /// Of the fields behind the name in `/proc/PID/stat`.
    private static final int START = 19;

    public static ProcessId of(long pid) {
        return sinceBoot(pid)
                .or(() -> timeOfDay(pid))
                .map(started -> new ProcessId(pid, started))
                .orElse(NONE);
    }

    public static ProcessId self() {
        return of(ProcessHandle.current().pid());
    }

    /// @param prefix of the names
    static ProcessId from(JSONObject json, String prefix) {
        var started = json.getString(prefix + "started");
        // What a supervisor of an earlier build wrote.
        var before = json.getString(prefix + "started_ms");
        return new ProcessId(
                json.getLongValue(prefix + "pid"), started != null ? started : before != null ? before : "");
    }

    void to(JSONObject json, String prefix) {
        json.fluentPut(prefix + "pid", pid).fluentPut(prefix + "started", started);
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
                        (started.contains("/") ? sinceBoot(pid) : timeOfDay(pid)).equals(Optional.of(started)))
                .filter(process -> process.isAlive() && !ended(pid));
    }

    private static Optional<String> sinceBoot(long pid) {
        try {
            return Optional.of(Files.readString(BOOT).strip() + "/" + stat(pid)[START]);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> timeOfDay(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(Instant::toEpochMilli)
                .map(String::valueOf);
    }

    private static boolean ended(long pid) {
        try {
            return stat(pid)[0].equals("Z");
        } catch (IOException e) {
            return false;
        }
    }

    /// The fields behind the name, which stands in parentheses and may hold anything.
    private static String[] stat(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }
}
