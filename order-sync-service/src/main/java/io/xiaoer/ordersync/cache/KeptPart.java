package io.xiaoer.ordersync.cache;

import java.time.Instant;

/// A part of a card as it is kept.
///
/// @param readAt when it was read from its source: before that reading began
/// @param json   what was read
public record KeptPart(Instant readAt, String json) {

    /// How it stands in Redis: milliseconds, a space, the text.
    String written() {
        return readAt.toEpochMilli() + " " + json;
    }

    /// The opposite of [#written()].
    ///
    /// @throws IllegalArgumentException if it is none
    static KeptPart parse(String written) {
        int space = written.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("not a part of a card");
        }
        return new KeptPart(
                Instant.ofEpochMilli(Long.parseLong(written.substring(0, space))), written.substring(space + 1));
    }
}
