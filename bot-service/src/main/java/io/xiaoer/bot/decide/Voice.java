package io.xiaoer.bot.decide;

import io.xiaoer.common.log.Append;

/// Says what nobody asked for.
@FunctionalInterface
public interface Voice {

    /// Puts words into a shopper's log and makes them durable, by one try. Repeatable under the same nonce.
    ///
    /// @return whether they stand there; false if the log does not take them, or it is not known to be durable
    boolean say(Append words);
}
