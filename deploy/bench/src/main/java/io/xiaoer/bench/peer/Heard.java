package io.xiaoer.bench.peer;

/// What a frame of a contender's says.
public sealed interface Heard {

    /// It wants this frame back at once.
    record Asked(String reply) implements Heard {}

    /// The connection is open, and what is said in its conversations is shown from now on.
    record Ready() implements Heard {}

    /// Something that was said on this connection is stored.
    ///
    /// @param id under which
    record Acknowledged(String clientId, long id) implements Heard {}

    /// Somebody said something in a conversation, maybe on this connection.
    record Shown(String conversation, long id, String text) implements Heard {}

    /// The contender gives up.
    record Refused(String why) implements Heard {}

    /// Nothing that matters here.
    record Nothing() implements Heard {}
}
