package io.xiaoer.bench.peer;

import io.xiaoer.drills.suite.RedisAdmin;
import io.xiaoer.local.server.DirectoryTree;
import io.xiaoer.local.server.Ports;
import io.xiaoer.local.server.RedisServer;
import io.xiaoer.local.server.Secret;
import io.xiaoer.local.supervise.ProcessState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/// A Redis for a contender alone: the program and the settings of the suite's.
final class PeerRedis implements AutoCloseable {
    private final Path directory;
    private final Secret password;
    private final RedisServer server;
    private final PeerProcess process;
    private final RedisAdmin admin;

    /// @param directory for its configuration; gone with it
    PeerRedis(Path directory, Path logs) throws IOException, InterruptedException {
        this.directory = directory;
        this.password = new Secret(UUID.randomUUID().toString());
        this.server = new RedisServer(directory, Ports.free(), password);
        this.process = PeerProcess.start(server, logs);
        this.admin = new RedisAdmin(server.port(), password.value());
    }

    String url() {
        return server.url();
    }

    ProcessState state() {
        return process.state();
    }

    /// The length of a list.
    synchronized long length(String list) throws IOException {
        return Long.parseLong(admin.command("LLEN", list));
    }

    @Override
    public void close() throws IOException {
        admin.close();
        process.close();
        DirectoryTree.delete(directory);
    }
}
