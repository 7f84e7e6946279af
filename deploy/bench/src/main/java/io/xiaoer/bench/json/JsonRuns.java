package io.xiaoer.bench.json;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Has JMH run each measurement in a JVM of its own, one library right after the other.
public final class JsonRuns {
    /// What is done, as the measurements are named.
    public static final List<String> WHAT = List.of("frameRead", "recordRead", "recordWrite", "cardRead", "cardWrite");
    /// What it is done with, the one that the other is compared with last.
    public static final List<String> WITH = List.of("Fastjson2", "Jackson");

    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final TimeValue WARM_UP = TimeValue.milliseconds(600);
    private static final TimeValue EACH = TimeValue.milliseconds(250);

    private JsonRuns() {}

    /// @param nanos each time
    /// @param bytes allocated each time
    public record Cost(double nanos, double bytes) {}

    /// Where the two libraries do not read or write the same.
    public static List<String> disagreements() {
        return Samples.disagreements();
    }

    /// One round.
    ///
    /// @param output where JMH tells what it does
    /// @return by what is done and what it is done with, put together
    public static Map<String, Cost> round(Path output) throws IOException {
        var options = new OptionsBuilder()
                .include(JsonBenchmark.class.getName().replace(".", "\\.") + "\\..*")
                .forks(1)
                .warmupIterations(1)
                .warmupTime(WARM_UP)
                .measurementIterations(2)
                .measurementTime(EACH)
                .addProfiler(GCProfiler.class)
                .jvmArgs(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dfastjson2.parser.safeMode=true")
                .shouldFailOnError(true)
                .output(output.toString())
                .build();
        try {
            var costs = new HashMap<String, Cost>();
            for (var result : new Runner(options).run()) {
                var name = result.getParams().getBenchmark();
                costs.put(
                        name.substring(name.lastIndexOf('.') + 1),
                        new Cost(result.getPrimaryResult().getScore(), allocated(result)));
            }
            return costs;
        } catch (RunnerException e) {
            throw new IOException("JMH: " + e.getMessage(), e);
        }
    }

    private static double allocated(RunResult result) {
        var allocated = result.getSecondaryResults().get(ALLOCATED);
        return allocated == null ? Double.NaN : allocated.getScore();
    }
}
