package io.xiaoer.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.local.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cache is made by a run of the program itself, serves its next start, and is there whole or not at all.
class StartCachesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private DataDirectory data = new DataDirectory(Path.of("."));

    /// The program whose start is cached.
    static final class Program {
        private Program() {}

        public static void main(String[] words) throws InterruptedException {
            switch (System.getenv("PROGRAM")) {
                case "ends" -> System.out.println("port " + System.getenv("SERVER_PORT"));
                case "fails" -> System.exit(3);
                default -> Thread.sleep(Duration.ofHours(1));
            }
        }
    }

    @BeforeEach
    void layData() throws Exception {
        data = new DataDirectory(directory.resolve("var"));
        data.lay();
    }

    @Test
    void theNextStartIsMadeWithTheCache() throws Exception {
        var service = program("ends");
        assertThat(service.command()).noneMatch(word -> word.startsWith("-XX:AOTCache"));

        caches(service).run();

        assertThat(service.cache()).exists();
        assertThat(besideTheJar()).containsExactlyInAnyOrder("program.jar", name(service.cache()));
        assertThat(Files.readString(data.log("start-cache"))).contains("port 0");
        assertThat(service.command()).contains("-XX:AOTCache=" + service.cache());
        assertThat(exitCodeWithTheCacheOrNotAtAll(service)).isZero();
    }

    @Test
    void aRunThatFailsLeavesNothing() throws Exception {
        var service = program("fails");

        caches(service).run();

        assertThat(besideTheJar()).containsExactly("program.jar");
    }

    @Test
    void aRunThatIsCutOffLeavesNothingAndEnds() throws Exception {
        var service = program("sleeps");
        var thread = new Thread(caches(service));
        thread.start();
        await().atMost(PATIENCE).until(() -> ours().findAny().isPresent());

        thread.interrupt();

        assertThat(thread.join(PATIENCE)).isTrue();
        await().atMost(PATIENCE).until(() -> ours().findAny().isEmpty());
        assertThat(besideTheJar()).containsExactly("program.jar");
    }

    private StartCaches caches(JavaService service) {
        return new StartCaches(List.of(service), data, StartCaches.When.NOW);
    }

    private JavaService program(String behaviour) throws IOException {
        return new JavaService("program", jar(), 1, 1, 32, Map.of("PROGRAM", behaviour, "SERVER_PORT", "8081"));
    }

    private Path jar() throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Program.class.getName());
        var file = Files.createDirectories(directory.resolve("run")).resolve("program.jar");
        var resource = Program.class.getName().replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                var code = Program.class.getClassLoader().getResourceAsStream(resource)) {
            jar.putNextEntry(new ZipEntry(resource));
            assertThat(code).isNotNull().satisfies(bytes -> bytes.transferTo(jar));
            jar.closeEntry();
        }
        return file;
    }

    private List<String> besideTheJar() throws IOException {
        try (var files = Files.list(directory.resolve("run"))) {
            return files.map(StartCachesIT::name).toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /// With this mode a JVM that cannot use its cache does not start.
    private static int exitCodeWithTheCacheOrNotAtAll(JavaService service) throws Exception {
        var command = new ArrayList<>(service.command());
        command.add(1, "-XX:AOTMode=on");
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(service.environment());
        var process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end: " + command);
        }
        return process.exitValue();
    }

    private Stream<ProcessHandle> ours() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .commandLine()
                        .orElse("")
                        .contains(directory.resolve("run").toString()));
    }
}
