package io.xiaoer.local.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/// One short exchange of bytes with a server on the loopback address: the way to ask whether it answers.
final class Dialogue {
    private static final int PATIENCE_MS = 1000;

    private Dialogue() {}

    /// Sends the request, if there is one, and returns the first `length` bytes of the reply.
    static byte[] exchange(int port, byte[] request, int length) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            var reply = socket.getInputStream().readNBytes(length);
            if (reply.length < length) {
                throw new IOException("The reply ended after " + Arrays.toString(reply));
            }
            return reply;
        }
    }
}
