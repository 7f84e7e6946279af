package io.xiaoer.bot.faq;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.id.ShopId;
import java.time.Instant;

/// A row of `faq`.
///
/// @param variants the similar questions as a JSON array
record FaqRow(
        String shopId,
        String id,
        long seq,
        String question,
        String variants,
        String answer,
        String locale,
        Instant createdAt,
        Instant updatedAt) {

    static FaqRow of(ShopId shop, FaqDraft draft, long seq, Instant createdAt, Instant updatedAt) {
        return new FaqRow(
                shop.value(),
                draft.id(),
                seq,
                draft.question(),
                JSON.toJSONString(draft.similar()),
                draft.answer(),
                draft.locale(),
                createdAt,
                updatedAt);
    }

    FaqEntry entry() {
        return new FaqEntry(
                id, seq, question, JSON.parseArray(variants, String.class), answer, locale, createdAt, updatedAt);
    }
}
