package io.xiaoer.local.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A [Server] that was launched by us. Its output goes to a log file, appended.
///
/// Ending the process is asked for with [#stop] and forced with [#kill]; both return when it is gone. The process
/// outlives this JVM if nobody stops it.
public final class ChildProcess implements AutoCloseable {
    /// It becomes the program that it is given, under the same process id.
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration GRACE = Duration.ofSeconds(8);

    private final Server server;
    private final Path log;
    /// How long the log was when it was launched.
    private final long logBegin;

    private final Process process;

    private ChildProcess(Server server, Path log, long logBegin, Process process) {
        this.server = server;
        this.log = log;
        this.logBegin = logBegin;
        this.process = process;
    }

    /// Launches it; the server must have been prepared.
    public static ChildProcess launch(Server server, Path log) throws IOException {
        return launch(server, server.command(), log);
    }

    /// The same in a session of its own, where the system has a program for that: a terminal's Ctrl-C and
    /// its closing are then for us alone, who end what we launched in order.
    public static ChildProcess launchApart(Server server, Path log) throws IOException {
        var command = new ArrayList<String>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(server.command());
        return launch(server, command, log);
    }

    private static ChildProcess launch(Server server, List<String> command, Path log) throws IOException {
        var parent = log.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(server.environment());
        var logBegin = Files.exists(log) ? Files.size(log) : 0;
        return new ChildProcess(server, log, logBegin, builder.start());
    }

    /// Returns once the server answers; a process that ends or stays silent is a failure, and is gone afterwards.
    public void awaitReady(Duration patience) throws StartFailedException, InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        while (!server.answers()) {
            if (process.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw endedEarly();
            }
            if (System.nanoTime() > end) {
                kill();
                throw StartFailedException.silent(server.name(), patience.toSeconds(), log);
            }
        }
    }

    public Server server() {
        return server;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    public CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /// To be asked for once the process has ended.
    public int exitCode() {
        return process.exitValue();
    }

    /// The failure of a start of which nothing is left; to be asked for once the process has ended.
    public StartFailedException endedEarly() {
        return StartFailedException.ended(server.name(), process.exitValue(), log, LastWords.of(log, logBegin));
    }

    /// Asks the process to end and, past the grace, ends it by force.
    public void stop(Duration grace) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
    }

    /// The hard way, as `kill -9`.
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        stop(GRACE);
    }
}
