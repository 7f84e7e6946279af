package io.xiaoer.local.command;

import io.xiaoer.local.data.DataDirectory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Prints the end of a process's log and, if wanted, what is added to it. Lines of the services are JSON; on a terminal
/// they are laid out for people.
final class Logs implements Command {
    static final int LINES = 200;
    private static final long LOOK_AGAIN_MS = 200;

    private final DataDirectory data;
    private final String name;
    private final int lines;
    private final boolean follow;

    Logs(DataDirectory data, String name, int lines, boolean follow) {
        this.data = data;
        this.name = name;
        this.lines = lines;
        this.follow = follow;
    }

    @Override
    public int run() throws Refusal, IOException, InterruptedException {
        var log = data.log(name);
        if (name.contains("/") || !Files.exists(log)) {
            throw new Refusal("There is no log of '%s'. There are: %s".formatted(name, known()));
        }
        try (var out = LogOutput.to(System.out)) {
            var follower = new Follower(log, start(log), out);
            follower.printNew();
            // Whoever reads it may go: `| head`, `| grep -m 1`.
            while (follow && !out.checkError()) {
                var ignored = new CountDownLatch(1).await(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
                follower.printNew();
            }
        }
        return 0;
    }

    private String known() throws IOException {
        if (Files.exists(data.root()) && !Files.isReadable(data.root())) {
            throw new AccessDeniedException(data.root().toString());
        }
        if (!Files.isDirectory(data.logs())) {
            return "none yet";
        }
        try (var logs = Files.list(data.logs())) {
            var names = logs.map(log -> log.getFileName().toString())
                    .filter(file -> file.endsWith(".log"))
                    .map(file -> file.substring(0, file.length() - ".log".length()))
                    .sorted()
                    .toList();
            return String.join(" ", names);
        }
    }

    /// Where the last lines begin.
    private long start(Path log) throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var position = file.length() - 1;
            var found = 0;
            while (position > 0) {
                file.seek(position - 1);
                if (file.read() == '\n' && ++found == lines) {
                    return position;
                }
                position--;
            }
            return lines == 0 ? file.length() : 0;
        }
    }
}
