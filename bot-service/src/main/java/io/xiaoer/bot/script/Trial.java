package io.xiaoer.bot.script;

import java.time.Instant;

/// That a way of saying something was chosen and said, a row of `faq_trial`.
///
/// @param propensity the chance it was chosen with
record Trial(
        String shopId,
        long questionId,
        long sessionId,
        String faqId,
        String scriptId,
        double propensity,
        Instant shownAt) {}
