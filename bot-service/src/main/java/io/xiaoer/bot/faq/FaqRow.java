package io.xiaoer.bot.faq;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `faq`.
///
/// @param variants the similar questions as a JSON array
/// @param version grows with each change, the entry's own
record FaqRow(
        String shopId,
        String id,
        long seq,
        String question,
        String variants,
        String answer,
        String locale,
        boolean enabled,
        int version,
        long hits,
        @Nullable Instant lastHitAt,
        Instant createdAt,
        Instant updatedAt) {

    static FaqRow first(ShopId shop, FaqDraft draft, long seq, int version, Instant now) {
        return new FaqRow(
                shop.value(),
                draft.id(),
                seq,
                draft.question(),
                JSON.toJSONString(draft.similar()),
                draft.answer(),
                draft.locale(),
                draft.enabled() == null || draft.enabled(),
                version,
                0,
                null,
                now,
                now);
    }

    /// This row as a draft wants it.
    FaqRow next(FaqDraft draft, Instant now) {
        return new FaqRow(
                shopId,
                id,
                seq,
                draft.question(),
                JSON.toJSONString(draft.similar()),
                draft.answer(),
                draft.locale(),
                draft.enabled() == null ? enabled : draft.enabled(),
                version + 1,
                hits,
                lastHitAt,
                createdAt,
                now);
    }

    /// Whether merchant and shopper find the same in both.
    boolean says(FaqRow other) {
        return question.equals(other.question)
                && variants.equals(other.variants)
                && answer.equals(other.answer)
                && locale.equals(other.locale)
                && enabled == other.enabled;
    }

    FaqEntry entry() {
        return new FaqEntry(
                id, seq, question, JSON.parseArray(variants, String.class), answer, locale, createdAt, updatedAt);
    }
}
