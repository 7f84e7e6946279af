package io.xiaoer.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvTest {

    private static final Pattern REQUIRED = Pattern.compile("\\$\\{([A-Z_]+):\\?");

    @TempDir
    private Path directory;

    @Test
    void aSecondTimeNothingChanges() throws Exception {
        var file = directory.resolve(".env");
        new Env(Optional.of(file)).run();
        var first = Files.readString(file);
        new Env(Optional.of(file)).run();

        assertThat(Files.readString(file)).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileInNoDirectoryIsRefused() {
        var nowhere = directory.resolve("trail").resolve(".env");

        assertThatThrownBy(() -> new Env(Optional.of(nowhere)).run())
                .isInstanceOf(Refusal.class)
                .hasMessage("There is no directory " + nowhere.getParent());
    }

    /// As after an update that needs another secret, in a file that somebody has written into.
    @Test
    void whatAFileLacksIsAddedAndTheRestStays() throws Exception {
        var file = directory.resolve(".env");
        var own = "# ours\nXIAOER_PORT=9000\nFIELD_KEYSET=mine\nexport DB_PASSWORD=also mine";
        Files.writeString(file, own);
        new Env(Optional.of(file)).run();

        assertThat(Files.readString(file)).startsWith(own + "\n");
        assertThat(variables(file))
                .containsEntry("FIELD_KEYSET", "mine")
                .containsEntry("XIAOER_PORT", "9000")
                .containsKeys("REDIS_PASSWORD", "FIELD_HASH_KEY")
                .doesNotContainKey("DB_PASSWORD");
    }

    /// Each that docker-compose.yml, or Grafana beside it, cannot do without.
    @Test
    void allThatTheContainersNeedIsThere() throws Exception {
        var file = directory.resolve(".env");
        new Env(Optional.of(file)).run();
        var root = Commands.home().resolve("../..");
        var needed = Stream.of("docker-compose.yml", "deploy/grafana/compose.yml")
                .flatMap(compose -> variables(root, compose))
                .map(each -> each.group(1))
                .distinct()
                .toList();

        assertThat(needed).hasSizeGreaterThan(10);
        assertThat(variables(file).keySet()).containsExactlyInAnyOrderElementsOf(needed);
        assertThat(variables(file).values()).doesNotHaveDuplicates().allMatch(value -> value.length() > 20);
    }

    @Test
    void whatIsNoFileIsRefused() {
        assertThatThrownBy(() -> new Env(Optional.of(directory)).run())
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is no file");
    }

    private static Stream<MatchResult> variables(Path root, String compose) {
        try {
            return REQUIRED.matcher(Files.readString(root.resolve(compose))).results();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TreeMap<String, String> variables(Path file) throws IOException {
        var read = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            read.load(in);
        }
        var variables = new TreeMap<String, String>();
        read.stringPropertyNames().forEach(name -> variables.put(name, read.getProperty(name)));
        return variables;
    }
}
