package io.xiaoer.local.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Redis without persistence: empty after a restart, never older than what was acknowledged.
///
/// The password stands in a configuration file of mode 600 and not on the command line.
public final class RedisServer implements Server {
    private static final String CONFIGURATION = """
            bind 127.0.0.1
            port %d
            requirepass %s
            save ""
            appendonly no
            dir "%s"
            maxmemory-policy noeviction
            tcp-keepalive 60
            """;

    private final Path directory;
    private final int port;
    private final Secret password;
    private final Binaries.Redis redis;

    public RedisServer(Path directory, int port, Secret password) throws IOException, InterruptedException {
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.password = password;
        this.redis = Binaries.redis();
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public int port() {
        return port;
    }

    public String version() {
        return redis.version();
    }

    public String url() {
        return "redis://:%s@127.0.0.1:%d".formatted(password.value(), port);
    }

    @Override
    public void prepare() throws IOException {
        PrivateFiles.directory(directory);
        PrivateFiles.write(configuration(), CONFIGURATION.formatted(port, password.value(), quoted()));
    }

    @Override
    public List<String> command() {
        return List.of(redis.program().toString(), configuration().toString());
    }

    @Override
    public boolean answers() {
        try {
            var expected = "+OK\r\n+PONG\r\n";
            return say("PING", expected.length()).equals(expected);
        } catch (IOException e) {
            return false;
        }
    }

    /// Forgets everything, as a restart would, but keeps the process.
    public void flushAll() throws IOException {
        var reply = say("FLUSHALL", "+OK\r\n+OK\r\n".length());
        if (!reply.endsWith("+OK\r\n")) {
            throw new IOException("FLUSHALL was answered " + reply);
        }
    }

    private String say(String command, int replyLength) throws IOException {
        var request = "AUTH %s\r\n%s\r\n".formatted(password.value(), command).getBytes(StandardCharsets.US_ASCII);
        return new String(Dialogue.exchange(port, request, replyLength), StandardCharsets.US_ASCII);
    }

    /// Between quotation marks a backslash says something of what follows it.
    private String quoted() {
        return directory.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private Path configuration() {
        return directory.resolve("redis.conf");
    }
}
