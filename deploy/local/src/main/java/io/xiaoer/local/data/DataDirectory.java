package io.xiaoer.local.data;

import io.xiaoer.local.server.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The layout of the data directory:
///
/// - `secrets/` passwords and keys, see [Secrets]
/// - `redis/` `kafka/` `mariadb/` what the servers keep
/// - `backup/` the backups, unless they have another target
/// - `logs/NAME.log` the output of each process
/// - `run/` what exists only while the suite runs: the lock and the state
/// - `ports.properties` the ports of the last start, see [RememberedPorts]
/// - `demo-loaded` stands there once the demo shops are loaded
public record DataDirectory(Path root) {

    public DataDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /// Makes what is missing.
    public void lay() throws IOException {
        PrivateFiles.directory(root);
        PrivateFiles.directory(secrets());
        PrivateFiles.directory(run());
        PrivateFiles.directory(logs());
    }

    public boolean exists() {
        return Files.isDirectory(root);
    }

    public Path secrets() {
        return root.resolve("secrets");
    }

    public Path run() {
        return root.resolve("run");
    }

    public Path lock() {
        return run().resolve("lock");
    }

    public Path state() {
        return run().resolve("state.json");
    }

    public Path ports() {
        return root.resolve("ports.properties");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    public Path demoLoaded() {
        return root.resolve("demo-loaded");
    }

    public Path backups() {
        return root.resolve("backup");
    }

    public Path of(String server) {
        return root.resolve(server);
    }
}
