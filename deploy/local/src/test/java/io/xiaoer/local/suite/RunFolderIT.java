package io.xiaoer.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a suite runs from stays where it is, whoever builds and starts another beside it.
class RunFolderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path module;

    /// Another suite of this tree.
    static final class Other {
        private Other() {}

        public static void main(String[] words) throws Exception {
            try (var held = RunFolder.hold(Path.of(words[0]))) {
                System.out.println("holds " + held.jar());
                System.out.flush();
                System.in.read();
            }
        }
    }

    @Test
    void whatAnotherSuiteRunsFromStaysUntilItEnds() throws Exception {
        var first = unpacked("1-1");
        var other = other();
        try {
            var second = unpacked("2-2");
            try (var ours = RunFolder.hold(module)) {
                assertThat(ours.jar()).isEqualTo(second);

                RunFolder.sweep(module);
                assertThat(first).exists();

                other.destroyForcibly().waitFor();
                RunFolder.sweep(module);
                assertThat(module.resolve("target/run/1-1")).doesNotExist();
                assertThat(second).exists();
            }
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void whatWasJustUnpackedStays() throws Exception {
        var next = unpacked("1-1");
        unpacked("2-2");
        Files.setLastModifiedTime(module.resolve("target/run/1-1"), FileTime.from(Instant.now()));

        RunFolder.sweep(module);

        assertThat(next).exists();
    }

    @Test
    void whatIsNamedAndNotThereIsNotBuilt() throws Exception {
        Files.delete(unpacked("1-1"));

        assertThat(RunFolder.current(module)).isEmpty();
        assertThatThrownBy(() -> RunFolder.hold(module))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not built");
    }

    private Path unpacked(String sum) throws IOException {
        var run = module.resolve("target/run");
        var folder = Files.createDirectories(run.resolve(sum));
        var jar = Files.writeString(folder.resolve(module.getFileName() + ".jar"), sum);
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        Files.writeString(run.resolve("current"), sum + "\n");
        return jar;
    }

    private Process other() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = List.of(
                java, "-Xmx32m", "-XX:TieredStopAtLevel=1", "-cp", classes, Other.class.getName(), module.toString());
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        await().atMost(PATIENCE).until(() -> process.inputReader().ready() || !process.isAlive());
        assertThat(process.inputReader().readLine()).startsWith("holds ");
        var folder = module.resolve("target/run/1-1");
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        return process;
    }
}
