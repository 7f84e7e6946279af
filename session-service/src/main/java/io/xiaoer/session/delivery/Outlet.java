package io.xiaoer.session.delivery;

import io.xiaoer.common.message.MessageResource;

/// The end of the road to one receiver: a connection or a waiting long poll. No method waits but [#awaitRoom].
public interface Outlet {

    /// The name under which the receiver stands in presence.
    String id();

    /// What kind of receiver it is, for presence.
    String device();

    /// Whether it is told what words were found in a message: agents are, shoppers are not.
    default boolean seesFlags() {
        return false;
    }

    /// Takes a message.
    ///
    /// @param frame the frame that pushes it, encoded once for all receivers that see the same of it
    void message(MessageResource message, String frame);

    /// Takes a frame that may be lost: dropped if there is no room.
    void passing(String frame);

    /// Takes what the bot wanted to say while an agent held the session; for that agent's receivers alone.
    ///
    /// @param body its stored form
    default void draft(String agent, String body) {
        // Not for shoppers.
    }

    /// The log became another: what stands in it now does not go on from what was handed over.
    void resync();

    /// There is no such log any more: it became part of another user's, or was erased.
    default void gone() {
        resync();
    }

    /// Whether what was taken and not yet sent is at its bound.
    boolean full();

    /// Waits until half of the room is free again or the receiver is gone.
    void awaitRoom() throws InterruptedException;
}
