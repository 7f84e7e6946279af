package io.xiaoer.local.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that is run to its end before a server can start.
final class Tool {
    /// It takes seconds, and minutes on a machine that has much else to do.
    private static final long PATIENCE_S = 600;

    private Tool() {}

    static void run(String what, List<String> command, Path log) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new IOException("%s took longer than %d s; see %s".formatted(what, PATIENCE_S, log));
            }
        } finally {
            // A script's own children must not outlive it.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException("%s ended with exit code %d; see %s".formatted(what, process.exitValue(), log));
        }
    }
}
