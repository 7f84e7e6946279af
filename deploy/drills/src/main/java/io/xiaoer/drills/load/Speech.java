package io.xiaoer.drills.load;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What one shopper says, one thing after the other and never the same again: the ledger tells what was said by its
/// text.
@FunctionalInterface
public interface Speech {

    /// The next thing; null when there is nothing more to say.
    @Nullable
    String next();

    /// The speech of each shopper.
    @FunctionalInterface
    interface Each {
        Speech of(String shopper, SplittableRandom random);
    }
}
