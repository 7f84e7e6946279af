package io.xiaoer.bot.mining;

import java.time.Instant;

/// A question that nobody knew, a row of `faq_unanswered`.
///
/// @param id a digest of language and plain form: the same words are one row
/// @param language `zh` or `en`
/// @param text as it was first asked, personal data masked
/// @param asked how often
/// @param dismissed whether a person has said that it needs no answer
record Unanswered(
        String shopId,
        String id,
        String language,
        String text,
        long asked,
        boolean dismissed,
        Instant firstAt,
        Instant lastAt) {}
