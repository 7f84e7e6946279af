package io.xiaoer.bot.faq;

import java.time.Instant;
import java.util.List;

/// One entry of a shop's FAQ.
///
/// @param id unique in the shop, the merchant's choice or made here
/// @param seq grows with creation: the cursor of lists
/// @param similar other ways to ask the same
/// @param locale of the answer, `zh` for example
public record FaqEntry(
        String id,
        long seq,
        String question,
        List<String> similar,
        String answer,
        String locale,
        Instant createdAt,
        Instant updatedAt) {

    public FaqEntry {
        similar = List.copyOf(similar);
    }
}
