package io.xiaoer.session.conversation;

/// How a session came to its owner.
public enum Change {
    CREATED("created"),
    /// From the bot into the queue.
    HANDED_OFF("handed_off"),
    /// An agent took it out of the queue.
    ACCEPTED("accepted"),
    /// The suite gave it to an agent.
    ASSIGNED("accepted"),
    /// One agent gave it to another.
    TRANSFERRED("transferred"),
    /// From an agent back into the queue, in front.
    RETURNED("returned"),
    /// From an agent to the bot.
    RELEASED("released"),
    /// The shopper closed it, or it came to its end.
    CLOSED("closed"),
    /// An agent closed it.
    ENDED("closed");

    private final String event;

    Change(String event) {
        this.event = event;
    }

    /// Whether the shopper's log tells of it when it is shown. Of the others whoever makes them tells.
    public boolean isSaid() {
        return switch (this) {
            case ACCEPTED, ASSIGNED, TRANSFERRED, RETURNED, RELEASED, ENDED -> true;
            case CREATED, HANDED_OFF, CLOSED -> false;
        };
    }

    /// What the event of it is called.
    public String event() {
        return event;
    }
}
