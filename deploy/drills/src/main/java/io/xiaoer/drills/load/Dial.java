package io.xiaoer.drills.load;

import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;

/// The way to a connection.
@FunctionalInterface
public interface Dial {

    /// Connects a device of the kind under the token. The listener may hear before the future is
    /// complete. It completes in any case: a handshake that does not come to an end is given up.
    CompletableFuture<WebSocket> connect(String device, String token, WebSocket.Listener listener);
}
