package io.xiaoer.local.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Asks an address of this machine over HTTP whether it answers 200.
public final class HttpProbe {
    private static final String OK = "HTTP/1.1 200";

    private HttpProbe() {}

    public static boolean isOk(int port, String path) {
        var request = "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n".formatted(path, port);
        try {
            var reply = Dialogue.exchange(port, request.getBytes(StandardCharsets.US_ASCII), OK.length());
            return new String(reply, StandardCharsets.US_ASCII).equals(OK);
        } catch (IOException e) {
            return false;
        }
    }
}
