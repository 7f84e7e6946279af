package io.xiaoer.bot.faq;

import com.alibaba.fastjson2.JSON;
import java.time.Instant;
import java.util.List;

/// What an entry was after a change, a row of `faq_version`.
///
/// @param variants the similar questions as a JSON array
/// @param deleted whether the change was its deletion: then this is what was deleted
record FaqVersion(
        String shopId,
        String id,
        int version,
        String question,
        String variants,
        String answer,
        String locale,
        boolean enabled,
        boolean deleted,
        Instant changedAt) {

    static FaqVersion of(FaqRow row) {
        return new FaqVersion(
                row.shopId(),
                row.id(),
                row.version(),
                row.question(),
                row.variants(),
                row.answer(),
                row.locale(),
                row.enabled(),
                false,
                row.updatedAt());
    }

    /// The end of an entry.
    static FaqVersion ofDeleted(FaqRow row, Instant now) {
        return new FaqVersion(
                row.shopId(),
                row.id(),
                row.version() + 1,
                row.question(),
                row.variants(),
                row.answer(),
                row.locale(),
                row.enabled(),
                true,
                now);
    }

    List<String> similar() {
        return JSON.parseArray(variants, String.class);
    }
}
