package io.xiaoer.session.delivery;

import io.xiaoer.common.message.MessageResource;

/// What arrives on the channels of a node: lines, the first of which is one letter for the kind.
sealed interface Push {

    /// A message was appended. `m`, user, id, prev, body.
    record Stored(String user, MessageResource message) implements Push {}

    /// A frame that is stored nowhere. `f`, user, connection that must not get it, JSON.
    record Passing(String user, String except, String frame) implements Push {}

    /// The log of a user was filled again. `r`, user.
    record Refilled(String user) implements Push {}

    /// A session of a shop changed hands. `o`, shop, session, number, shopper, holder (empty for none), the id after
    /// which the holder follows (empty if it is not told), frame for the shop's agents.
    record Ownership(String shop, String sid, long number, String user, String holder, String after, String frame)
            implements Push {}

    /// What the bot wanted to say became a draft. `d`, user, agent who holds the session, stored form.
    record Draft(String user, String agent, String body) implements Push {}

    /// All of a user was erased: whoever follows it leaves. `c`, user.
    record Ended(String user) implements Push {}

    /// A shop speaks to all its shoppers. `a`, shop, JSON.
    record Announced(String shop, String frame) implements Push {}

    /// This node's own sign that its subscription lives. `h`, number.
    record Beat(long number) implements Push {}

    /// Something this version does not know; a newer node may send it.
    record Unknown() implements Push {}

    /// Reads a payload.
    static Push parse(String payload) {
        return switch (payload.isEmpty() ? ' ' : payload.charAt(0)) {
            case 'm' -> stored(payload.split("\n", 5));
            case 'f' -> passing(payload.split("\n", 4));
            case 'r' -> refilled(payload.split("\n", 2));
            case 'o' -> ownership(payload.split("\n", 8));
            case 'd' -> draft(payload.split("\n", 4));
            case 'c' -> ended(payload.split("\n", 2));
            case 'a' -> announced(payload.split("\n", 3));
            case 'h' -> beat(payload.split("\n", 2));
            default -> new Unknown();
        };
    }

    private static Push stored(String[] parts) {
        return parts.length == 5
                ? new Stored(parts[1], new MessageResource(parts[2], parts[3], parts[4]))
                : new Unknown();
    }

    private static Push passing(String[] parts) {
        return parts.length == 4 ? new Passing(parts[1], parts[2], parts[3]) : new Unknown();
    }

    private static Push refilled(String[] parts) {
        return parts.length == 2 ? new Refilled(parts[1]) : new Unknown();
    }

    private static Push ownership(String[] parts) {
        return parts.length == 8 && parts[3].matches("\\d{1,18}")
                ? new Ownership(parts[1], parts[2], Long.parseLong(parts[3]), parts[4], parts[5], parts[6], parts[7])
                : new Unknown();
    }

    private static Push draft(String[] parts) {
        return parts.length == 4 ? new Draft(parts[1], parts[2], parts[3]) : new Unknown();
    }

    private static Push ended(String[] parts) {
        return parts.length == 2 ? new Ended(parts[1]) : new Unknown();
    }

    private static Push announced(String[] parts) {
        return parts.length == 3 ? new Announced(parts[1], parts[2]) : new Unknown();
    }

    private static Push beat(String[] parts) {
        return parts.length == 2 && parts[1].matches("\\d{1,18}") ? new Beat(Long.parseLong(parts[1])) : new Unknown();
    }
}
