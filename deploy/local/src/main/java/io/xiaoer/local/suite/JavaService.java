package io.xiaoer.local.suite;

import io.xiaoer.local.server.Collector;
import io.xiaoer.local.server.HttpProbe;
import io.xiaoer.local.server.Jit;
import io.xiaoer.local.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A Spring Boot service of the suite, run from its jar. It answers when its management port says that it is ready.
///
/// With an ahead-of-time cache of its classes (JEP 483, JEP 514) beside the jar it starts in half the time. The cache
/// fits this jar and this JVM alone: it goes with the jar's [RunFolder], and its name tells the JVM.
record JavaService(
        String name, Path jar, int port, int managementPort, int heapMegabytes, Map<String, String> environment)
        implements Server {

    JavaService {
        environment = Map.copyOf(environment);
    }

    @Override
    public void prepare() throws IOException {
        if (!Files.exists(jar)) {
            throw new IOException("%s is not built: %s is missing; ./xiaoer up builds it".formatted(name, jar));
        }
    }

    @Override
    public List<String> command() {
        var isUsed = Files.exists(cache()) && !StartCaches.OFF.equals(System.getenv(StartCaches.WISH));
        return command(isUsed ? List.of("-XX:AOTCache=" + cache()) : List.of());
    }

    /// Where its cache is.
    Path cache() {
        return cacheOf(jar);
    }

    static Path cacheOf(Path jar) {
        var jarName = String.valueOf(jar.getFileName());
        var module = jarName.substring(0, jarName.lastIndexOf('.'));
        return jar.resolveSibling("%s-%s.aot".formatted(module, System.getProperty("java.vm.version")));
    }

    /// A run that makes all beans, starts nothing, ends by itself and leaves a cache.
    List<String> training(Path output) {
        return command(List.of("-Dspring.context.exit=onRefresh", "-XX:AOTCacheOutput=" + output));
    }

    /// What [#training] finds in its environment: ports and a name that take nothing from the service that runs.
    Map<String, String> trainingEnvironment() {
        var own = new TreeMap<>(environment);
        own.replaceAll((key, value) -> key.endsWith("_PORT") ? "0" : value);
        own.replace("XIAOER_NODE", "training");
        return own;
    }

    private List<String> command(List<String> startOptions) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx" + heapMegabytes + "m", "-Xss512k"));
        command.addAll(Collector.options());
        command.addAll(List.of("-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(Collector.rarelyWhole());
        command.addAll(List.of(
                "-XX:ReservedCodeCacheSize=96m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(Jit.options());
        command.addAll(startOptions);
        command.addAll(List.of("-Djava.awt.headless=true", "-Dfastjson2.parser.safeMode=true"));
        command.addAll(List.of("-jar", jar.toString()));
        return List.copyOf(command);
    }

    @Override
    public boolean answers() {
        return HttpProbe.isOk(managementPort, "/actuator/health/readiness");
    }
}
