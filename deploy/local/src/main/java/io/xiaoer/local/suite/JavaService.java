package io.xiaoer.local.suite;

import io.xiaoer.local.server.HttpProbe;
import io.xiaoer.local.server.Jit;
import io.xiaoer.local.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A Spring Boot service of the suite, run from its jar. It answers when its management port says that it is ready.
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

    /// The serial collector: on a small heap its pauses are short and it needs the least memory beside it.
    @Override
    public List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx" + heapMegabytes + "m", "-Xss512k", "-XX:+UseSerialGC"));
        command.addAll(List.of("-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(List.of(
                "-XX:ReservedCodeCacheSize=96m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(Jit.options());
        command.addAll(List.of("-Djava.awt.headless=true", "-Dfastjson2.parser.safeMode=true"));
        command.addAll(List.of("-jar", jar.toString()));
        return List.copyOf(command);
    }

    @Override
    public boolean answers() {
        return HttpProbe.isOk(managementPort, "/actuator/health/readiness");
    }
}
