package io.xiaoer.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.local.data.DataDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A backup that somebody brings is copied to where the suite looks for it.
class BackupFilesTest {
    private static final String NAME = "2026-11-25T184819651Z";

    @TempDir
    Path directory;

    @Test
    void aBackupIsFoundUnderItsName() throws Exception {
        var data = data();
        var brought = backup(NAME, "one");

        assertThat(BackupFiles.copyIn(data, brought)).isEqualTo(NAME);
        assertThat(BackupFiles.copyIn(data, brought)).isEqualTo(NAME);

        assertThat(data.backups().resolve(NAME).resolve("part")).hasContent("one");
    }

    @Test
    void aBackupThatIsKeptIsNotReplacedByAnother() throws Exception {
        var data = data();
        BackupFiles.copyIn(data, backup(NAME, "one"));
        var other = Files.move(
                backup("other", "two"),
                Files.createDirectories(directory.resolve("b")).resolve(NAME));

        assertThatThrownBy(() -> BackupFiles.copyIn(data, other))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Another backup");

        assertThat(data.backups().resolve(NAME).resolve("part")).hasContent("one");
    }

    @Test
    void aDirectoryOfAnotherNameIsNotTaken() throws Exception {
        var data = data();
        var brought = backup("mine", "one");

        assertThatThrownBy(() -> BackupFiles.copyIn(data, brought))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("'mine'");

        assertThat(data.backups().resolve("mine")).doesNotExist();
    }

    @Test
    void aBackupThatWasRenamedIsToldItsName() throws Exception {
        var data = data();
        for (var renamed : List.of("2026-11-26", "mine")) {
            var brought = backup(renamed, "one");
            Files.writeString(brought.resolve("manifest.json"), "{\"name\": \"%s\", \"parts\": []}".formatted(NAME));

            assertThatThrownBy(() -> BackupFiles.copyIn(data, brought))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("holds the backup " + NAME)
                    .hasMessageContaining("give the directory that name");
            assertThat(data.backups().resolve(renamed)).doesNotExist();
        }
        Files.move(
                directory.resolve("2026-11-26"),
                Files.createDirectories(data.backups()).resolve("2026-11-26"));
        assertThatThrownBy(() -> BackupFiles.requireName(data, "2026-11-26"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("holds the backup " + NAME);
    }

    @Test
    void aTargetThatTakesNothingIsRefusedInASentence() throws Exception {
        var file = Files.writeString(directory.resolve("file"), "");

        for (var target : List.of(file, file.resolve("below"), Path.of("/proc/nope"))) {
            assertThatThrownBy(() -> BackupFiles.requireRoom(target))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("Nothing can be written to " + target);
        }
    }

    @Test
    void aTargetThatTakesSomethingIsLeftEmpty() throws Exception {
        var target = directory.resolve("a/b");

        BackupFiles.requireRoom(target);

        assertThat(target).isEmptyDirectory();
    }

    @Test
    void aDirectoryWithoutAManifestIsNoBackup() throws Exception {
        var data = data();
        var empty = Files.createDirectories(directory.resolve(NAME));

        assertThatThrownBy(() -> BackupFiles.copyIn(data, empty))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("There is no backup");
    }

    @Test
    void aBackupThatWasCutOnItsWayIsNotKept() throws Exception {
        var data = data();
        var brought = backup(NAME, "one", sha256("one and its end"));

        assertThatThrownBy(() -> BackupFiles.copyIn(data, brought))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is not whole: part");
        assertThat(data.backups().resolve(NAME)).doesNotExist();

        Files.writeString(brought.resolve("part"), "one and its end");
        assertThat(BackupFiles.copyIn(data, brought)).isEqualTo(NAME);
    }

    @Test
    void aManifestThatWasCutIsOfNoBackup() throws Exception {
        var brought = backup(NAME, "one");
        Files.writeString(brought.resolve("manifest.json"), "{\"parts\": [{\"obj");

        assertThatThrownBy(() -> BackupFiles.copyIn(data(), brought))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("manifest.json");
    }

    @Test
    void aKeptBackupWhosePartIsDamagedGetsItFromAWholeCopy() throws Exception {
        var data = data();
        var brought = backup(NAME, "one", sha256("one"));
        BackupFiles.copyIn(data, brought);
        var kept = data.backups().resolve(NAME).resolve("part");
        Files.writeString(kept, "on");

        BackupFiles.copyIn(data, brought);

        assertThat(kept).hasContent("one");
    }

    private static String sha256(String content) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    private Path backup(String name, String content, String sha256) throws IOException {
        var backup = backup(name, content);
        Files.writeString(
                backup.resolve("manifest.json"),
                "{\"parts\": [{\"object\": \"part\", \"sha256\": \"%s\"}]}".formatted(sha256));
        return backup;
    }

    private DataDirectory data() {
        return new DataDirectory(directory.resolve("var"));
    }

    private Path backup(String name, String content) throws IOException {
        var backup = Files.createDirectories(directory.resolve(name));
        Files.writeString(backup.resolve("part"), content);
        Files.writeString(backup.resolve("manifest.json"), "{\"of\":\"" + content + "\"}");
        return backup;
    }
}
