package io.xiaoer.session.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A road to a server that can fall silent as a firewall lets one: both ends keep their connection and hear nothing.
final class MutableProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final String host;
    private final int port;
    private final Set<Road> roads = ConcurrentHashMap.newKeySet();

    MutableProxy(String host, int port) throws IOException {
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.host = host;
        this.port = port;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /// Silences every connection over which this was said, and none that comes later.
    ///
    /// @return how many
    long mute(String said) {
        return roads.stream().filter(road -> road.mute(said)).count();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                roads.add(new Road(listening.accept(), new Socket(host, port)));
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (var road : roads) {
            road.close();
        }
    }

    /// One connection.
    private static final class Road {

        private final Socket client;
        private final Socket server;
        private final StringBuffer said = new StringBuffer();
        private volatile boolean mute;

        Road(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            var fromClient = client.getInputStream();
            var fromServer = server.getInputStream();
            var toClient = client.getOutputStream();
            var toServer = server.getOutputStream();
            Thread.ofVirtual().start(() -> pump(fromClient, toServer, said));
            Thread.ofVirtual().start(() -> pump(fromServer, toClient, new StringBuffer()));
        }

        boolean mute(String what) {
            if (mute || said.indexOf(what) < 0) {
                return false;
            }
            mute = true;
            return true;
        }

        private void pump(InputStream from, OutputStream to, StringBuffer heard) {
            var bytes = new byte[8192];
            try {
                for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
                    if (heard.length() < bytes.length) {
                        heard.append(new String(bytes, 0, read, StandardCharsets.ISO_8859_1));
                    }
                    if (!mute) {
                        to.write(bytes, 0, read);
                    }
                }
                close();
            } catch (IOException e) {
                closeQuietly();
            }
        }

        private void closeQuietly() {
            try {
                close();
            } catch (IOException e) {
                mute = true;
            }
        }

        void close() throws IOException {
            client.close();
            server.close();
        }
    }
}
