package io.xiaoer.drills.suite;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Redis as its operator sees it.
public final class RedisAdmin implements AutoCloseable {
    private static final int PATIENCE_MS = 5_000;

    private final Socket socket;
    private final InputStream in;

    public RedisAdmin(int port, String password) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MS);
        socket.setSoTimeout(PATIENCE_MS);
        in = new BufferedInputStream(socket.getInputStream());
        command("AUTH", password);
    }

    /// Sends one command and returns its reply, if that is a word, a number or a text.
    public String command(String... words) throws IOException {
        var out = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            out.append('$').append(word.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
            out.append(word).append("\r\n");
        }
        socket.getOutputStream().write(out.toString().getBytes(StandardCharsets.UTF_8));
        var head = line();
        if (head.startsWith("-")) {
            throw new IOException("Redis answers " + head);
        }
        if (!head.startsWith("$")) {
            return head.substring(1);
        }
        var body = in.readNBytes(Integer.parseInt(head.substring(1)));
        line();
        return new String(body, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        int c;
        while ((c = in.read()) != '\n') {
            if (c < 0) {
                throw new IOException("Redis hung up");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
