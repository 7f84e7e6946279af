package io.xiaoer.local.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Where the servers' programs lie: `servers/` beside this module's classes or jar, put there by the build.
final class Binaries {
    private static final Pattern REDIS_VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)\\.(\\S+)");

    private Binaries() {}

    static Path kafkaJars() {
        return existing(servers().resolve("kafka"));
    }

    /// The directory with `bin/mariadbd`, its programs made executable.
    static Path mariaDb() throws IOException {
        var unpacked = existing(servers().resolve("mariadb"));
        try (var directories =
                Files.find(unpacked, 6, (path, attributes) -> Files.isRegularFile(path.resolve("bin/mariadbd")))) {
            var base = directories.findFirst().orElseThrow(() -> new IOException("No MariaDB below " + unpacked));
            makeAllExecutable(base.resolve("bin"));
            makeAllExecutable(base.resolve("scripts"));
            return base;
        }
    }

    /// The system's own Redis or Valkey if it is 6.2 or newer, else the one from Maven.
    static Redis redis() throws IOException, InterruptedException {
        for (var name : new String[] {"redis-server", "valkey-server"}) {
            var program = onPath(name);
            if (program.isPresent()) {
                var version = redisVersion(program.get());
                if (version.isPresent()) {
                    return new Redis(program.get(), version.get());
                }
            }
        }
        var program = existing(servers().resolve("redis")).resolve(embeddedRedis());
        makeExecutable(existing(program));
        return new Redis(program, redisVersion(program).orElse("6.2"));
    }

    /// A Redis program and its version.
    record Redis(Path program, String version) {}

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static String embeddedRedis() {
        var mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
        var arm = System.getProperty("os.arch", "").equals("aarch64");
        if (mac) {
            return arm ? "redis-server-6.2.6-v5-darwin-arm64" : "redis-server-6.2.6-v5-darwin-amd64";
        }
        return arm ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
    }

    private static Optional<Path> onPath(String name) {
        var directories = System.getenv().getOrDefault("PATH", "").split(":");
        for (var directory : directories) {
            var program = Path.of(directory, name);
            if (Files.isExecutable(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> redisVersion(Path program) throws IOException, InterruptedException {
        var process = new ProcessBuilder(program.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes());
        process.waitFor(5, TimeUnit.SECONDS);
        var match = REDIS_VERSION.matcher(said);
        if (!match.find()) {
            return Optional.empty();
        }
        var major = Integer.parseInt(match.group(1));
        var minor = Integer.parseInt(match.group(2));
        return major > 6 || major == 6 && minor >= 2
                ? Optional.of(major + "." + minor + "." + match.group(3))
                : Optional.empty();
    }

    private static Path servers() {
        try {
            var classes = Path.of(Binaries.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return classes.resolveSibling("servers");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Where do these classes lie?", e);
        }
    }

    private static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalStateException("%s is missing; build the module deploy/local".formatted(path));
        }
        return path;
    }

    private static void makeAllExecutable(Path directory) throws IOException {
        try (var programs = Files.list(directory)) {
            programs.forEach(Binaries::makeExecutable);
        }
    }

    private static void makeExecutable(Path program) {
        if (!Files.isExecutable(program) && !program.toFile().setExecutable(true, false)) {
            throw new UncheckedIOException(new IOException("Cannot make executable: " + program));
        }
    }
}
