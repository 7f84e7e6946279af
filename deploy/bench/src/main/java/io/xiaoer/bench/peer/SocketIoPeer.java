package io.xiaoer.bench.peer;

import io.xiaoer.local.server.Ports;
import io.xiaoer.local.supervise.ProcessState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Two nodes of Socket.IO with its Redis streams adapter, over a Redis of their own, in which they also store what is
/// said.
public final class SocketIoPeer implements Peer {
    private static final String DIRECTORY = "deploy/bench/peers/socketio";

    private final PeerRedis redis;
    private final List<PeerProcess> nodes = new ArrayList<>();

    private SocketIoPeer(PeerRedis redis) {
        this.redis = redis;
    }

    /// @param home of this copy of the project
    /// @param logs where what it prints goes
    public static SocketIoPeer start(Path home, Path logs) throws IOException, InterruptedException {
        var directory = home.resolve(DIRECTORY);
        NodeProgram.install(directory, logs);
        var peer = new SocketIoPeer(new PeerRedis(logs.resolve("peer-redis"), logs));
        try {
            for (var number = 1; number <= 2; number++) {
                var port = Ports.free();
                var told =
                        Map.of("PORT", Integer.toString(port), "REDIS_URL", peer.redis.url(), "NODE_ENV", "production");
                peer.nodes.add(PeerProcess.start(new NodeProgram("socketio-" + number, port, directory, told), logs));
            }
            return peer;
        } catch (IOException | InterruptedException e) {
            peer.close();
            throw e;
        }
    }

    @Override
    public Dialect dialect() {
        return new SocketIo();
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
