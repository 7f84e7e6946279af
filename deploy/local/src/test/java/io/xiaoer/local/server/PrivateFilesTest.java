package io.xiaoer.local.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is for its owner alone is so from its first byte on.
class PrivateFilesTest {
    @TempDir
    Path directory;

    @Test
    void whoComesSecondChangesNothing() throws Exception {
        var file = directory.resolve("secret");

        PrivateFiles.writeOnce(file, "one");
        PrivateFiles.writeOnce(file, "two");

        assertThat(file).hasContent("one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }
}
