package io.xiaoer.local.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Prints what is appended to a file, from a position on. A file that became shorter is read from its start.
final class Follower {
    private static final int CHUNK = 64 * 1024;

    private final Path file;
    private final PrintStream out;
    private long position;

    Follower(Path file, long position) {
        this(file, position, System.out);
    }

    Follower(Path file, long position, PrintStream out) {
        this.file = file;
        this.position = position;
        this.out = out;
    }

    void printNew() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < position) {
                position = 0;
            }
            var buffer = ByteBuffer.allocate(CHUNK);
            int read;
            while ((read = channel.read(buffer, position)) > 0) {
                out.write(buffer.array(), 0, read);
                position += read;
                buffer.clear();
            }
        }
        out.flush();
    }
}
