package io.xiaoer.bench.peer;

/// How connections to a contender speak: text frames on a WebSocket.
public interface Dialect {

    /// The path and query of the handshake.
    String path(Guest guest);

    /// What a frame says that came to the guest.
    Heard hear(Guest guest, String frame);

    /// A frame that says something.
    ///
    /// @param number  of what is said on this connection, from 1
    /// @param clientId the same if it is said once more
    String say(int number, String conversation, String clientId, String text);
}
