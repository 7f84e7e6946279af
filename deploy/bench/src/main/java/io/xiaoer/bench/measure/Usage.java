package io.xiaoer.bench.measure;

import io.xiaoer.local.supervise.Memory;
import io.xiaoer.local.supervise.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What each process of the suite had used by a moment, as Linux tells it. The generator itself is one of them.
///
/// @param processes by name, in the order of the suite's
public record Usage(Map<String, OfProcess> processes) {
    /// The name of the process that this is.
    public static final String GENERATOR = "generator";

    private static final long MICROS_PER_TICK = 10_000;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    /// @param cpu microseconds of processor time, user and system, all threads, since it began
    /// @param pss proportional share of memory, in kilobytes
    public record OfProcess(long pid, long cpu, long pss) {}

    public Usage {
        processes = Collections.unmodifiableMap(new LinkedHashMap<>(processes));
    }

    public static Usage of(List<ProcessState> suite) throws IOException {
        var processes = new LinkedHashMap<String, OfProcess>();
        for (var each : suite) {
            processes.put(each.name(), of(each.process().pid()));
        }
        processes.put(GENERATOR, of(ProcessHandle.current().pid()));
        return new Usage(processes);
    }

    private static OfProcess of(long pid) throws IOException {
        return new OfProcess(pid, cpu(pid), Memory.ofProcess(pid));
    }

    /// Linux tells it in hundredths of a second. 0 elsewhere and for a process that is gone.
    private static long cpu(long pid) throws IOException {
        var stat = Path.of("/proc", Long.toString(pid), "stat");
        return pid == 0 || !Files.isReadable(stat) ? 0 : cpu(Files.readString(stat));
    }

    /// The name in parentheses may hold spaces and parentheses: fields are counted from the last one on.
    static long cpu(String stat) {
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) * MICROS_PER_TICK;
    }

    /// Microseconds of processor time that each process used since an earlier moment. A process that was started anew
    /// meanwhile is left out: nobody knows what the one before it used.
    public Map<String, Long> cpuSince(Usage earlier) {
        var used = new LinkedHashMap<String, Long>();
        processes.forEach((name, now) -> {
            var then = earlier.processes.get(name);
            if (then != null && then.pid == now.pid && now.pid != 0) {
                used.put(name, now.cpu - then.cpu);
            }
        });
        return used;
    }
}
