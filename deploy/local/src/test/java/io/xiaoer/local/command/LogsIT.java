package io.xiaoer.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.local.data.DataDirectory;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void whoFollowsALogEndsWithWhoReadsIt() throws Exception {
        var data = new DataDirectory(directory.resolve("var"));
        data.lay();
        var log = Files.writeString(data.log("redis"), "the first line\n");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var logs = List.of("logs", "redis", "-f", "--data", data.root().toString());
        var launcher = List.of(java, "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", classes, "io.xiaoer.local.Local");
        var following = new ProcessBuilder(
                        Stream.concat(launcher.stream(), logs.stream()).toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            try (var lines =
                    new BufferedReader(new InputStreamReader(following.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(lines.readLine()).isEqualTo("the first line");
            }

            await().atMost(PATIENCE).until(() -> {
                Files.writeString(log, "one more\n", StandardOpenOption.APPEND);
                return !following.isAlive();
            });
            assertThat(following.exitValue()).isZero();
        } finally {
            following.destroyForcibly();
        }
    }
}
