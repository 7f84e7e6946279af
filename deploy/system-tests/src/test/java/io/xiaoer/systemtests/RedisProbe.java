package io.xiaoer.systemtests;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Looks into the suite's Redis as an operator would: empties it, and watches its commands.
final class RedisProbe implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    RedisProbe(int port, String password) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(5000);
        in = new BufferedInputStream(socket.getInputStream());
        command("AUTH", password);
    }

    String command(String... words) throws IOException {
        var out = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            int length = word.getBytes(StandardCharsets.UTF_8).length;
            out.append('$').append(length).append("\r\n").append(word).append("\r\n");
        }
        socket.getOutputStream().write(out.toString().getBytes(StandardCharsets.UTF_8));
        String head = line();
        if (head.startsWith("-")) {
            throw new IOException(head);
        }
        if (!head.startsWith("$")) {
            return head.substring(1);
        }
        byte[] body = in.readNBytes(Integer.parseInt(head.substring(1)));
        line();
        return new String(body, StandardCharsets.UTF_8);
    }

    /// Has every command of every client told to this probe, until [#told].
    void monitor() throws IOException {
        command("MONITOR");
    }

    /// What was told since [#monitor], up to a mark that another client sets now.
    List<String> told(RedisProbe other) throws IOException {
        String mark = "mark-" + UUID.randomUUID();
        other.command("ECHO", mark);
        var lines = new ArrayList<String>();
        for (String line = line(); !line.contains(mark); line = line()) {
            lines.add(line);
        }
        return lines;
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
