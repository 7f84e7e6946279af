package io.xiaoer.bench.peer;

import io.xiaoer.local.server.Ports;
import io.xiaoer.local.supervise.ProcessState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Two nodes as textbooks draw them: `@ServerEndpoint` on Tomcat, a list in Redis for each conversation, and Redis'
/// publish and subscribe between the nodes. They run on the JVM of session-service.
public final class BlueprintPeer implements Peer {
    private static final String JAR = "deploy/bench/peers/blueprint/target/blueprint.jar";

    private final PeerRedis redis;
    private final List<PeerProcess> nodes = new ArrayList<>();

    private BlueprintPeer(PeerRedis redis) {
        this.redis = redis;
    }

    /// @param home of this copy of the project
    /// @param logs where what it prints goes
    /// @param like the service that it is compared with
    public static BlueprintPeer start(Path home, Path logs, ProcessState like)
            throws IOException, InterruptedException {
        var jvm = JavaPeer.jvmOf(like);
        var peer = new BlueprintPeer(new PeerRedis(logs.resolve("peer-redis"), logs));
        try {
            for (var number = 1; number <= 2; number++) {
                var port = Ports.free();
                var told = Map.of("PORT", Integer.toString(port), "REDIS_URL", peer.redis.url());
                var program = new JavaPeer("blueprint-" + number, port, jvm, home.resolve(JAR), told);
                peer.nodes.add(PeerProcess.start(program, logs));
            }
            return peer;
        } catch (IOException | InterruptedException e) {
            peer.close();
            throw e;
        }
    }

    @Override
    public Dialect dialect() {
        return new Blueprint();
    }

    @Override
    public List<URI> nodes() {
        return nodes.stream().map(PeerProcess::address).toList();
    }

    @Override
    public List<ProcessState> processes() {
        var all = new ArrayList<ProcessState>();
        nodes.forEach(node -> all.add(node.state()));
        all.add(redis.state());
        return all;
    }

    @Override
    public long stored(String conversation) throws IOException {
        return redis.length("messages:" + conversation);
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(PeerProcess::close);
        redis.close();
    }
}
