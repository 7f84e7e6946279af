package io.xiaoer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.local.supervise.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script that people call, in a tree where nothing is built and where what builds is a program of
/// the test's.
class ScriptIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path temporary;

    private Path home = Path.of(".");
    private Path said = Path.of(".");
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void lay() throws Exception {
        home = Files.createDirectories(temporary.resolve("a tree"));
        said = temporary.resolve("said");
        Files.createDirectories(home.resolve("deploy/local/src/main"));
        Files.writeString(home.resolve("pom.xml"), "");
        Files.writeString(home.resolve("deploy/local/pom.xml"), "");
        Files.copy(Path.of("../../xiaoer"), home.resolve("xiaoer"));
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aBuildEndsWithTheScriptThatIsToldToEnd() throws Exception {
        builder("echo $$ >\"$SAID\"; exec sleep 1000");
        var script = script(home.resolve("xiaoer"), Map.of());
        await().atMost(PATIENCE).until(() -> Files.exists(said) && Files.size(said) > 0);
        var build = ProcessId.of(Long.parseLong(Files.readString(said).strip()));
        assertThat(build.alive()).isTrue();

        script.destroy();

        await().atMost(PATIENCE).until(() -> !script.isAlive() && !build.alive());
        assertThat(script.exitValue()).isEqualTo(143);
    }

    @Test
    void twoBuildsOfATreeTakeTurns() throws Exception {
        builder("""
                echo begin >>"$SAID"
                while [ ! -e "$SAID.go" ]; do sleep 0.1; done
                mkdir -p deploy/local/target
                : >deploy/local/target/local.jar
                echo end >>"$SAID"
                """);
        var first = script(home.resolve("xiaoer"), Map.of());
        await().atMost(PATIENCE).until(() -> Files.exists(said) && Files.size(said) > 0);

        var second = script(home.resolve("xiaoer"), Map.of());
        await().atMost(PATIENCE).until(() -> told(second).contains("Another build of this tree is under way"));
        Files.createFile(temporary.resolve("said.go"));

        await().atMost(PATIENCE).until(() -> !first.isAlive() && !second.isAlive());
        assertThat(Files.readAllLines(said)).containsExactly("begin", "end");
    }

    @Test
    void aLocaleThatIsNotInstalledIsNotTakenForOne() throws Exception {
        builder("printf %s \"$LC_ALL\" >\"$SAID\"; exit 1");

        var script = script(home.resolve("xiaoer"), Map.of("LANG", "xx_YY.UTF-8", "LC_ALL", "", "LC_CTYPE", ""));

        await().atMost(PATIENCE).until(() -> !script.isAlive());
        assertThat(said).hasContent("C.UTF-8");
        assertThat(told(script)).contains("The build failed");
    }

    @Test
    void aLinkLeadsToTheTree() throws Exception {
        builder("pwd -P >\"$SAID\"; exit 1");
        var link = Files.createSymbolicLink(temporary.resolve("xiaoer"), Path.of("a tree", "xiaoer"));

        var script = script(link, Map.of());

        await().atMost(PATIENCE).until(() -> !script.isAlive());
        assertThat(said).hasContent(home.toRealPath().toString());
    }

    /// Another suite of this tree may run from what was unpacked before.
    @Test
    void whatWasUnpackedBeforeStaysBesideWhatIsUnpackedNow() throws Exception {
        var target = Files.createDirectories(home.resolve("deploy/identity/target"));
        var run = target.resolve("run");
        Files.createDirectories(home.resolve("deploy/local/target"));
        Files.createFile(home.resolve("deploy/local/target/local.jar"));
        Files.createFile(target.resolve("identity.jar.original"));
        Files.writeString(target.resolve("identity.jar"), "one");
        ends(script(home.resolve("xiaoer"), jdk(), "up"));
        var first = run.resolve(Files.readString(run.resolve("current")).strip());
        assertThat(first.resolve("identity.jar")).hasContent("one");

        Files.writeString(target.resolve("identity.jar"), "two");
        Files.setLastModifiedTime(
                target.resolve("identity.jar"), FileTime.from(Instant.now().plusSeconds(60)));
        ends(script(home.resolve("xiaoer"), jdk(), "up"));

        var second = run.resolve(Files.readString(run.resolve("current")).strip());
        assertThat(second.resolve("identity.jar")).hasContent("two");
        assertThat(first.resolve("identity.jar")).hasContent("one");
    }

    @Test
    void whatComesAfterTwoDashesIsPassedOnAsItIs() throws Exception {
        Files.createDirectories(home.resolve("deploy/local/target"));
        Files.createFile(home.resolve("deploy/local/target/local.jar"));

        ends(script(home.resolve("xiaoer"), jdk(), "ask", "--data", "d", "--", "--data", "-5 度"));

        assertThat(Files.readString(said))
                .endsWith("ask --data " + Path.of("d").toAbsolutePath() + " -- --data -5 度\n");
    }

    private static void ends(Process script) throws Exception {
        await().atMost(PATIENCE).until(() -> !script.isAlive());
        assertThat(script.exitValue()).isZero();
    }

    /// A JDK that unpacks by copying, knows of no suite, and notes what else it is told.
    private Map<String, String> jdk() throws IOException {
        var jdk = temporary.resolve("jdk");
        var bin = Files.createDirectories(jdk.resolve("bin"));
        for (var program : List.of("java", "javac")) {
            var file = Files.writeString(bin.resolve(program), """
                    #!/bin/sh
                    case "$*" in
                      *-version*) echo 'openjdk version "25.0.1"' >&2 ;;
                      *extract*)
                        for last; do :; done
                        mkdir -p "$last"
                        cp deploy/identity/target/identity.jar "$last"
                        ;;
                      *already-up*) exit 3 ;;
                      *) echo "$*" >"$SAID" ;;
                    esac
                    """);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
        return Map.of("JAVA_HOME", jdk.toString());
    }

    /// What stands in the place of Maven's wrapper.
    private void builder(String script) throws IOException {
        var mvnw = Files.writeString(home.resolve("mvnw"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(mvnw, PosixFilePermissions.fromString("rwx------"));
    }

    /// Without a home directory, as programs of the system are called.
    private Process script(Path xiaoer, Map<String, String> environment) throws IOException {
        return script(xiaoer, environment, "help");
    }

    private Process script(Path xiaoer, Map<String, String> environment, String... words) throws IOException {
        var log = temporary.resolve(started.size() + ".log");
        var command = new ArrayList<String>(List.of(xiaoer.toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SAID", said.toString());
        builder.environment().remove("HOME");
        builder.environment().putAll(environment);
        var process = builder.start();
        started.add(process);
        return process;
    }

    private String told(Process script) throws IOException {
        return Files.readString(temporary.resolve(started.indexOf(script) + ".log"));
    }
}
