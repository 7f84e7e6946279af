package io.xiaoer.common.testing;

import io.xiaoer.local.server.KafkaServer;
import io.xiaoer.local.server.MariaDbServer;
import io.xiaoer.local.server.RedisServer;
import io.xiaoer.local.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// How a server of the tests is run: as a child process, or in a container.
interface Backend {

    /// The helper that clears away containers, as this Testcontainers names it.
    String RYUK = "testcontainers/ryuk:0.14.0";

    /// Where this JVM's servers keep their files.
    Path directory() throws IOException;

    String describe(RedisServer redis, KafkaServer kafka, MariaDbServer mariaDb) throws IOException;

    /// Starts the server at the port it names and returns when it answers.
    RunningServer run(ServerKind kind, Server server);

    static Backend chosen() {
        var wish = System.getenv("XIAOER_TEST_BACKEND");
        if (wish == null || wish.isBlank()) {
            return imagesAreHere() ? new ContainerBackend() : new EmbeddedBackend();
        }
        return switch (wish.toLowerCase(Locale.ROOT)) {
            case "embedded" -> new EmbeddedBackend();
            case "testcontainers" -> new ContainerBackend();
            default ->
                throw new IllegalArgumentException(
                        "XIAOER_TEST_BACKEND is '%s'; it may be 'embedded' or 'testcontainers'".formatted(wish));
        };
    }

    /// Asks the engine itself, which answers only if it runs and holds every image. Testcontainers' own helper is one
    /// of them unless it is switched off.
    private static boolean imagesAreHere() {
        var command = new ArrayList<>(List.of("docker", "image", "inspect"));
        if (!"true".equalsIgnoreCase(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
            command.add(RYUK);
        }
        for (var kind : ServerKind.values()) {
            command.add(kind.image());
        }
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
