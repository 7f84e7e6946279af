package io.xiaoer.bot.faq;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An entry as its merchant keeps it.
///
/// @param enabled whether it answers
/// @param version grows with each change
/// @param hits how often it has answered, counted every few seconds
public record KeptFaq(
        FaqEntry entry,
        boolean enabled,
        int version,
        long hits,
        @Nullable Instant lastHitAt) {

    static KeptFaq of(FaqRow row, FaqEntry entry) {
        return new KeptFaq(entry, row.enabled(), row.version(), row.hits(), row.lastHitAt());
    }
}
