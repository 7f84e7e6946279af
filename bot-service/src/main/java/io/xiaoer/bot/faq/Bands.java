package io.xiaoer.bot.faq;

import io.xiaoer.bot.words.Language;

/// The scores that part answering, letting choose and not knowing.
///
/// @param high from this score on the best answers
/// @param low from this score on it is shown to choose from
public record Bands(double high, double low) {

    /// Of words in a language before a shop's own questions have shaped them.
    public static Bands start(Language language) {
        return switch (language) {
            case ZH -> new Bands(0.71, 0.48);
            case EN -> new Bands(0.72, 0.51);
        };
    }
}
