package io.xiaoer.local.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// How much memory a process uses, in kilobytes: its proportional share (Pss), in which a page that several processes
/// use counts once. Known on Linux alone; 0 elsewhere and for a process that is gone.
public final class Memory {
    private static final String PSS = "Pss:";

    private Memory() {}

    public static long ofProcess(long pid) throws IOException {
        var rollup = Path.of("/proc", Long.toString(pid), "smaps_rollup");
        if (pid == 0 || !Files.isReadable(rollup)) {
            return 0;
        }
        try (var lines = Files.lines(rollup)) {
            return lines.filter(line -> line.startsWith(PSS))
                    .map(line -> line.substring(PSS.length()).replace("kB", "").strip())
                    .mapToLong(Long::parseLong)
                    .sum();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
