package io.xiaoer.local.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One Kafka broker that is its own controller (KRaft). Its log is kept under the directory.
///
/// The directory is formatted once, at the first [#prepare]; ports may differ at each start.
public final class KafkaServer implements Server {
    private static final String VERSION_JAR_PREFIX = "kafka-clients-";
    private static final short API_VERSIONS = 18;

    private static final String CONFIGURATION = """
            process.roles=broker,controller
            node.id=1
            listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
            advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            inter.broker.listener.name=PLAINTEXT
            controller.listener.names=CONTROLLER
            controller.quorum.bootstrap.servers=127.0.0.1:%2$d
            log.dirs=%3$s
            auto.create.topics.enable=true
            num.partitions=4
            default.replication.factor=1
            min.insync.replicas=1
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=8
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            transaction.state.log.num.partitions=4
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            group.initial.rebalance.delay.ms=0
            num.network.threads=2
            num.io.threads=4
            background.threads=2
            log.cleaner.dedupe.buffer.size=8388608
            log.cleaner.io.buffer.size=262144
            log.index.size.max.bytes=1048576
            log.segment.bytes=268435456
            """;

    private final Path directory;
    private final int port;
    private final int controllerPort;
    private final int heapMegabytes;

    public KafkaServer(Path directory, int port, int controllerPort, int heapMegabytes) {
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.controllerPort = controllerPort;
        this.heapMegabytes = heapMegabytes;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public int port() {
        return port;
    }

    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    public String version() throws IOException {
        try (var jars = Files.list(Binaries.kafkaJars())) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(jar -> jar.startsWith(VERSION_JAR_PREFIX))
                    .map(jar -> jar.substring(VERSION_JAR_PREFIX.length(), jar.length() - ".jar".length()))
                    .findFirst()
                    .orElse("unknown");
        }
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        if (directory.toString().contains(",")) {
            throw new IOException(
                    "Kafka takes %s for several directories: choose one without a comma".formatted(directory));
        }
        PrivateFiles.directory(directory);
        PrivateFiles.write(configuration(), CONFIGURATION.formatted(port, controllerPort, escaped(data())));
        if (!Files.exists(data().resolve("meta.properties"))) {
            format();
        }
    }

    private void format() throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Binaries.java().toString());
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath()));
        command.addAll(List.of("kafka.tools.StorageTool", "format", "--standalone", "--ignore-formatted"));
        command.addAll(List.of("--cluster-id", "eGlhb2VyLW9uZS1ub2RlMQ", "--config"));
        command.add(configuration().toString());
        Tool.run("Formatting Kafka's directory", command, directory.resolve("format.log"));
    }

    @Override
    public List<String> command() {
        var command = new ArrayList<String>();
        command.addAll(List.of(Binaries.java().toString(), "-Xmx" + heapMegabytes + "m"));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"));
        command.addAll(Collector.rarelyWhole());
        command.addAll(Jit.options());
        command.addAll(List.of(
                "-Djava.awt.headless=true",
                "-Dorg.slf4j.simpleLogger.logFile=System.out",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config=warn",
                "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaConfig=warn"));
        command.addAll(
                List.of("-cp", classPath(), "kafka.Kafka", configuration().toString()));
        return List.copyOf(command);
    }

    /// Asks for the versions of its calls, which a broker answers only once it takes requests.
    @Override
    public boolean answers() {
        var request = ByteBuffer.allocate(14)
                .putInt(10)
                .putShort(API_VERSIONS)
                .putShort((short) 0)
                .putInt(1)
                .putShort((short) -1)
                .array();
        try {
            var reply = ByteBuffer.wrap(Dialogue.exchange(port, request, 10));
            return reply.getInt(4) == 1 && reply.getShort(8) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "kafka[%s]", bootstrap());
    }

    /// Properties are read as Latin-1, and a backslash in them says something of what follows it.
    private static String escaped(Path path) {
        var escaped = new StringBuilder();
        for (var character : path.toString().toCharArray()) {
            if (character == '\\' || character <= ' ' || character > '~') {
                escaped.append("\\u%04x".formatted((int) character));
            } else {
                escaped.append(character);
            }
        }
        return escaped.toString();
    }

    private static String classPath() {
        return Binaries.kafkaJars().resolve("*").toString();
    }

    private Path configuration() {
        return directory.resolve("server.properties");
    }

    private Path data() {
        return directory.resolve("data");
    }
}
