package io.xiaoer.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What it ran on: figures mean nothing without.
final class Machine {
    private static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path LOAD = Path.of("/proc/loadavg");

    private static final Path STAT = Path.of("/proc/self/stat");
    /// Counted from the first field behind the program's name, the third.
    private static final int POLICY = 41 - 3;

    private Machine() {}

    static Map<String, Object> tell() {
        var machine = new LinkedHashMap<String, Object>();
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("cpu", field(CPUS, "model name"));
        machine.put("memory", field(MEMORY, "MemTotal"));
        machine.put("load before the end", line(LOAD));
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("generator", goesFirst() ? "before all other programs" : "as all other programs");
        machine.put("java", System.getProperty("java.vm.version"));
        return machine;
    }

    /// By the scheduling policy of the process, field 41 of `/proc/self/stat`; 0 is everybody's.
    private static boolean goesFirst() {
        var fields = text(STAT).replaceFirst(".*\\) ", "").split(" ");
        return fields.length > POLICY && !fields[POLICY].equals("0");
    }

    private static String field(Path file, String name) {
        return text(file)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String line(Path file) {
        return text(file).lines().findFirst().orElse("unknown");
    }

    private static String text(Path file) {
        try {
            return Files.isReadable(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
