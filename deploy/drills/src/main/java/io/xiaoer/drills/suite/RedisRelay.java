package io.xiaoer.drills.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Stands between the services and Redis and passes bytes on, until it is told to swallow those of the
/// subscriptions: to both ends such a connection looks alive, and nothing comes through any more.
public final class RedisRelay implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final int PATIENCE_MS = 2_000;
    private static final String SUBSCRIBE = "\r\nSUBSCRIBE\r\n";

    private final ServerSocket door;
    private final PortOfRedis redis;
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();

    /// Where Redis listens now.
    @FunctionalInterface
    public interface PortOfRedis {
        int get() throws IOException;
    }

    /// Opens it on a free port of the loopback address.
    public RedisRelay(PortOfRedis redis) throws IOException {
        this.redis = redis;
        this.door = new ServerSocket(0, 0, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().name("redis-relay").start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /// How many subscriptions hear something.
    public long subscriptions() {
        return passages.stream().filter(Passage::hears).count();
    }

    /// Lets all subscriptions die without a word. A connection that subscribes later hears again.
    public void silenceSubscriptions() {
        passages.stream().filter(Passage::hears).forEach(Passage::silence);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                Thread.ofVirtual().start(() -> pass(client));
            } catch (IOException e) {
                // Closed, or a client that was gone at once.
            }
        }
    }

    /// Whoever finds no Redis is hung up on, as if the connection had broken.
    private void pass(Socket client) {
        var server = new Socket();
        try (client;
                server) {
            server.connect(new InetSocketAddress("127.0.0.1", redis.get()), PATIENCE_MS);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            var passage = new Passage();
            passages.add(passage);
            try {
                var back = Thread.ofVirtual().start(() -> passage.pump(server, client, false));
                passage.pump(client, server, true);
                back.join();
            } finally {
                passages.remove(passage);
            }
        } catch (IOException e) {
            // Closed on both sides.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    /// One connection.
    private static final class Passage {
        private volatile boolean subscribed;
        private volatile boolean silent;

        boolean hears() {
            return subscribed && !silent;
        }

        void silence() {
            silent = true;
        }

        /// Until one end closes; then both are closed.
        void pump(Socket from, Socket to, boolean commands) {
            try (from;
                    to) {
                pump(from.getInputStream(), to.getOutputStream(), commands);
            } catch (IOException e) {
                // One end is gone.
            }
        }

        private void pump(InputStream from, OutputStream to, boolean commands) throws IOException {
            var bytes = new byte[BUFFER];
            int length;
            while ((length = from.read(bytes)) >= 0) {
                if (silent) {
                    continue;
                }
                if (commands && !subscribed) {
                    subscribed = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains(SUBSCRIBE);
                }
                to.write(bytes, 0, length);
            }
        }
    }
}
