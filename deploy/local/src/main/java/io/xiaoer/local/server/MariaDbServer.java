package io.xiaoer.local.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// MariaDB with one account that owns the schemas given; its data is kept under the directory.
///
/// Schemas and account are brought about at each start by an init file of mode 600, before the server takes
/// connections, so a changed password or a new schema needs no step of its own. The built-in root account can only be
/// used over the server's socket.
public final class MariaDbServer implements Server {
    /// The bytes of a path that fit a Unix socket's address on the systems we know, with room to spare.
    private static final int LONGEST_SOCKET_PATH = 100;

    private static final String HALF = "installing";

    /// Without TLS, which nobody uses on the loopback address: its key, made anew at each start, takes up to 15 s of
    /// processor time.
    private static final String CONFIGURATION = """
            [mariadbd]
            bind-address=127.0.0.1
            port=%d
            basedir="%s"
            datadir="%s"
            socket="%s"
            init-file="%s"
            pid-file="%s"
            skip-name-resolve
            skip-ssl
            max_connections=%d
            character-set-server=utf8mb4
            collation-server=utf8mb4_bin
            default-time-zone=+00:00
            innodb_buffer_pool_size=64M
            innodb_log_file_size=32M
            innodb_log_buffer_size=4M
            performance_schema=OFF
            key_buffer_size=1M
            aria_pagecache_buffer_size=4M
            log_warnings=1
            """;

    private static final String GRANTS = """
            CREATE USER IF NOT EXISTS '%1$s'@'%%' IDENTIFIED BY '%2$s';
            ALTER USER '%1$s'@'%%' IDENTIFIED BY '%2$s';
            """;

    private static final String SCHEMA = """
            CREATE DATABASE IF NOT EXISTS `%2$s` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
            GRANT ALL PRIVILEGES ON `%2$s`.* TO '%1$s'@'%%';
            """;

    private final Path directory;
    private final int port;
    private final Account account;
    private final int maxConnections;
    private final Path base;

    /// Who may connect and what belongs to them; the password must need no quoting in SQL.
    public record Account(String user, Secret password, List<String> schemas) {

        public Account {
            if (!password.value().matches("[A-Za-z0-9_-]+")) {
                throw new IllegalArgumentException("The database password may hold letters, digits, _ and - only");
            }
            schemas = List.copyOf(schemas);
        }
    }

    public MariaDbServer(Path directory, int port, Account account, int maxConnections) throws IOException {
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.account = account;
        this.maxConnections = maxConnections;
        this.base = Binaries.mariaDb();
    }

    @Override
    public String name() {
        return "mariadb";
    }

    @Override
    public int port() {
        return port;
    }

    public String url(String schema) {
        return "jdbc:mariadb://127.0.0.1:%d/%s".formatted(port, schema);
    }

    public String version() {
        for (var part : base) {
            if (part.toString().startsWith("mariadb-")) {
                return part.toString().substring("mariadb-".length());
            }
        }
        return "unknown";
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        PrivateFiles.directory(directory);
        if (!Files.exists(data())) {
            install();
        }
        var grants = new StringBuilder(
                GRANTS.formatted(account.user(), account.password().value()));
        account.schemas().forEach(schema -> grants.append(SCHEMA.formatted(account.user(), schema)));
        PrivateFiles.write(initFile(), grants.toString());
        PrivateFiles.write(
                configuration(),
                CONFIGURATION.formatted(
                        port,
                        escaped(base),
                        escaped(data()),
                        escaped(socket()),
                        escaped(initFile()),
                        escaped(directory.resolve("mariadb.pid")),
                        maxConnections));
    }

    /// Between quotation marks only a backslash says something of what follows it.
    private static String escaped(Path path) {
        return path.toString().replace("\\", "\\\\");
    }

    /// Installs beside the place and moves there, so that a crash leaves no half-made data directory.
    ///
    /// The program is a script that takes a path with a blank for two: it gets links without one.
    private void install() throws IOException, InterruptedException {
        var links = Files.createTempDirectory("xiaoer-mariadb");
        try {
            var half = directory.resolve(HALF);
            DirectoryTree.delete(half);
            install(
                    Files.createSymbolicLink(links.resolve("base"), base),
                    Files.createSymbolicLink(links.resolve("directory"), directory)
                            .resolve(HALF));
            Files.move(half, data());
        } finally {
            DirectoryTree.delete(links);
        }
    }

    private void install(Path base, Path half) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(base.resolve("scripts/mariadb-install-db").toString());
        command.addAll(List.of("--no-defaults", "--basedir=" + base, "--datadir=" + half));
        command.addAll(List.of("--skip-test-db", "--skip-name-resolve", "--auth-root-authentication-method=socket"));
        command.addAll(List.of("--innodb-log-file-size=32M", "--skip-innodb-doublewrite"));
        command.addAll(asRoot());
        Tool.run("Installing MariaDB's data directory", command, directory.resolve("install.log"));
    }

    @Override
    public List<String> command() {
        var command = new ArrayList<String>();
        command.add(base.resolve("bin/mariadbd").toString());
        command.add("--defaults-file=" + configuration());
        command.addAll(asRoot());
        return List.copyOf(command);
    }

    /// A greeting of protocol 10 is sent only after the init file has run.
    @Override
    public boolean answers() {
        try {
            return Dialogue.exchange(port, new byte[0], 5)[4] == 10;
        } catch (IOException e) {
            return false;
        }
    }

    /// MariaDB refuses to run as root unless told so.
    private static List<String> asRoot() {
        return System.getProperty("user.name").equals("root") ? List.of("--user=root") : List.of();
    }

    private Path socket() {
        var beside = directory.resolve("mariadb.sock");
        return beside.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET_PATH
                ? beside
                : Path.of(System.getProperty("java.io.tmpdir"), "xiaoer-mariadb-" + port + ".sock");
    }

    private Path configuration() {
        return directory.resolve("mariadb.cnf");
    }

    private Path initFile() {
        return directory.resolve("init.sql");
    }

    private Path data() {
        return directory.resolve("data");
    }
}
