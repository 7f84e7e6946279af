package io.xiaoer.local.supervise;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A log that a process appends to while it may not be moved away: past its bound it is copied to `NAME.log.1`, over
/// the one before, and emptied in place. Lines written between the two steps are lost.
record LogFile(Path path) {
    private static final long BOUND = 64L << 20;

    void rotateIfLarge() throws IOException {
        if (!Files.exists(path) || Files.size(path) < BOUND) {
            return;
        }
        Files.copy(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }
}
