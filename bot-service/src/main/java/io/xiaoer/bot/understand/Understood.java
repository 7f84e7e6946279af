package io.xiaoer.bot.understand;

import io.xiaoer.bot.understand.vector.OncePerKey;
import io.xiaoer.bot.understand.vector.QuestionVectors;
import io.xiaoer.bot.words.Language;

/// A shop that was learnt, ready to be asked: for whoever measures it without the application.
public final class Understood {

    /// As many are remembered as the application remembers.
    private static final int MEANINGS = 4096;

    private final Mind mind;
    private final QuestionVectors questions;
    private final OncePerKey<QuestionVectors.Key, Meaning> meanings = new OncePerKey<>(MEANINGS, () -> {}, () -> {});

    Understood(Mind mind, QuestionVectors questions) {
        this.mind = mind;
        this.questions = questions;
    }

    /// What a text may mean.
    ///
    /// @param fallback the language of a text without a letter
    public Meaning of(String text, Language fallback) {
        var key = QuestionVectors.Key.of(text, fallback);
        Known known = Mind.of(mind, key.language());
        return known == null || !key.isWords()
                ? Meaning.NOTHING
                : meanings.get(key, () -> known.meaning(key.text(), questions.of(key)));
    }
}
