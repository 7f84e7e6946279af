package io.xiaoer.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
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

        /// Tells the test that it holds the folder, and goes on until it is killed.
        public static void main(String[] words) throws Exception {
            try (var held = RunFolder.hold(Path.of(words[0]))) {
                System.out.println("holds " + held.jar());
                System.out.flush();
                System.in.read();
            }
        }
    }

    /// A service of a suite, started as by `-jar JAR`, that holds nothing.
    static final class Orphan {
        private Orphan() {}

        /// Tells the test that it runs, and goes on until it is killed.
        public static void main(String[] words) throws Exception {
            System.out.println("runs from " + words[0]);
            System.out.flush();
            System.in.read();
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

                ours.sweep(module);
                assertThat(first).exists();

                other.destroyForcibly().waitFor();
                ours.sweep(module);
                assertThat(module.resolve("target/run/1-1")).doesNotExist();
                assertThat(second).exists();
            }
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void whatServicesOfAKilledSuiteRunFromStaysUntilTheyEnd() throws Exception {
        var first = unpacked("1-1");
        var service = child(Orphan.class, first.toString());
        try {
            unpacked("2-2");

            sweep();
            assertThat(first).exists();

            service.destroyForcibly().waitFor();
            sweep();
            assertThat(module.resolve("target/run/1-1")).doesNotExist();
        } finally {
            service.destroyForcibly();
        }
    }

    @Test
    void whatServicesOfATreeReachedByALinkRunFromStaysUntilTheyEnd(@TempDir Path elsewhere) throws Exception {
        unpacked("1-1");
        var link = Files.createSymbolicLink(elsewhere.resolve(module.getFileName()), module);
        Path first;
        try (var theirs = RunFolder.hold(link)) {
            first = theirs.jar();
        }
        var service = child(Orphan.class, first.toString());
        try {
            unpacked("2-2");

            sweep();

            assertThat(first).exists();
        } finally {
            service.destroyForcibly();
        }
    }

    @Test
    void whatAnEarlierLayoutLeftGoesOnceNobodyRunsFromIt() throws Exception {
        var run = Files.createDirectories(module.resolve("target/run"));
        var jar = Files.writeString(run.resolve(module.getFileName() + ".jar"), "old");
        Files.writeString(Files.createDirectories(run.resolve("lib")).resolve("a.jar"), "old");
        var current = unpacked("2-2");
        var service = child(Orphan.class, jar.toString());
        try {
            sweep();
            assertThat(jar).exists();

            service.destroyForcibly().waitFor();
            sweep();
            assertThat(jar).doesNotExist();
            assertThat(run.resolve("lib")).doesNotExist();
            assertThat(current).exists();
        } finally {
            service.destroyForcibly();
        }
    }

    @Test
    void whatWasJustUnpackedStays() throws Exception {
        var next = unpacked("1-1");
        unpacked("2-2");
        Files.setLastModifiedTime(module.resolve("target/run/1-1"), FileTime.from(Instant.now()));

        sweep();

        assertThat(next).exists();
    }

    @Test
    void whatWeHoldStaysThoughAnotherIsMadeCurrent() throws Exception {
        var first = unpacked("1-1");
        try (var ours = RunFolder.hold(module)) {
            unpacked("2-2");
            Files.setLastModifiedTime(
                    module.resolve("target/run/1-1"),
                    FileTime.from(Instant.now().minus(Duration.ofHours(1))));

            ours.sweep(module);

            assertThat(first).exists();
        }
    }

    @Test
    void whatIsNamedAndNotThereIsNotBuilt() throws Exception {
        Files.delete(unpacked("1-1"));

        assertThat(RunFolder.current(module)).isEmpty();
        assertThatThrownBy(() -> RunFolder.hold(module))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not built");
    }

    private void sweep() throws IOException {
        try (var ours = RunFolder.hold(module)) {
            ours.sweep(module);
        }
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
        var process = child(Other.class, module.toString());
        var folder = module.resolve("target/run/1-1");
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        return process;
    }

    /// One that has told that it is at work.
    private static Process child(Class<?> program, String word) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // No more of the class path than that: of a command line the system tells the first 4 KiB.
        var classes = placeOf(RunFolder.class) + File.pathSeparator + placeOf(program);
        var command = List.of(java, "-Xmx32m", "-XX:TieredStopAtLevel=1", "-cp", classes, program.getName(), word);
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        await().atMost(PATIENCE).until(() -> process.inputReader().ready() || !process.isAlive());
        assertThat(process.inputReader().readLine()).isNotNull();
        return process;
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
