package io.xiaoer.bot.decide;

import io.xiaoer.common.log.Append;

/// Says what nobody asked for.
@FunctionalInterface
public interface Voice {

    /// Puts words into a shopper's log and makes them durable, by one try. Repeatable under the same nonce.
    Said say(Append words);

    /// What became of words.
    enum Said {
        /// They stand in the log.
        STANDING,
        /// The log does not take them.
        REFUSED,
        /// It is not known that they are durable: something is away. The same words again tell.
        UNKNOWN
    }
}
