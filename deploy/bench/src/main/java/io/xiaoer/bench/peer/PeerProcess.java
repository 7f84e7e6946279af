package io.xiaoer.bench.peer;

import io.xiaoer.local.server.ChildProcess;
import io.xiaoer.local.server.Server;
import io.xiaoer.local.server.StartFailedException;
import io.xiaoer.local.supervise.Health;
import io.xiaoer.local.supervise.ProcessId;
import io.xiaoer.local.supervise.ProcessState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/// A server of a contender's that runs and is ended with this, at last when the bench itself ends or is killed.
public final class PeerProcess implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Server server;
    private final Path log;
    private final ChildProcess process;
    private final Guard guard;
    private final Thread atTheEnd;

    private PeerProcess(Server server, Path log, ChildProcess process, Guard guard) {
        this.server = server;
        this.log = log;
        this.process = process;
        this.guard = guard;
        this.atTheEnd = Thread.ofPlatform().unstarted(this::end);
    }

    /// Starts it; returns when it answers.
    ///
    /// @param logs where its output goes
    public static PeerProcess start(Server server, Path logs) throws IOException, InterruptedException {
        server.prepare();
        var log = logs.resolve(server.name() + ".log");
        var process = ChildProcess.launch(server, log);
        var started = new PeerProcess(server, log, process, guard(process));
        Runtime.getRuntime().addShutdownHook(started.atTheEnd);
        try {
            started.process.awaitReady(READY);
            return started;
        } catch (StartFailedException e) {
            started.close();
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            started.close();
            throw e;
        }
    }

    private static Guard guard(ChildProcess process) throws IOException, InterruptedException {
        try {
            return Guard.of(process.pid());
        } catch (IOException e) {
            process.kill();
            throw e;
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /// The process as those of the suite are known.
    public ProcessState state() {
        return new ProcessState(
                server.name(), ProcessId.of(process.pid()), server.port(), Health.UP, 0, log.toString());
    }

    private void end() {
        try {
            process.stop(GRACE);
            guard.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException e) {
            // The bench itself is ending, and that thread runs.
        }
    }
}
