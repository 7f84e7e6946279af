package io.xiaoer.bench.peer;

import io.xiaoer.local.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A contender that runs on Node.js.
///
/// @param directory with its `server.mjs` and its packages
record NodeProgram(String name, int port, Path directory, Map<String, String> environment) implements Server {
    private static final long MINUTES = 5;

    NodeProgram {
        environment = Map.copyOf(environment);
    }

    /// Fetches the packages that its lock file names, unless they are there.
    static void install(Path directory, Path logs) throws IOException, InterruptedException {
        var lock = directory.resolve("package-lock.json");
        var there = directory.resolve("node_modules/.package-lock.json");
        if (Files.exists(there) && Files.getLastModifiedTime(there).compareTo(Files.getLastModifiedTime(lock)) >= 0) {
            return;
        }
        Files.createDirectories(logs);
        var log = logs.resolve("npm.log");
        var npm = start(new ProcessBuilder("npm", "ci", "--omit=dev", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
        try {
            if (!npm.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("npm ci took longer than %d minutes; see %s".formatted(MINUTES, log));
            }
        } finally {
            npm.destroyForcibly();
        }
        if (npm.exitValue() != 0) {
            throw new IOException("npm ci ended with %d; see %s".formatted(npm.exitValue(), log));
        }
    }

    private static Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException("Node.js 18 or newer and npm are needed on the PATH: " + e.getMessage(), e);
        }
    }

    @Override
    public void prepare() {
        // Installed before.
    }

    @Override
    public List<String> command() {
        return List.of("node", directory.resolve("server.mjs").toString());
    }

    @Override
    public boolean answers() {
        return JavaPeer.takesConnections(port);
    }
}
