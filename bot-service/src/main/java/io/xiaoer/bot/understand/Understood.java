package io.xiaoer.bot.understand;

import io.xiaoer.bot.understand.vector.QuestionVectors;
import io.xiaoer.bot.words.Language;

/// A shop that was learnt, ready to be asked: for whoever measures it without the application.
public final class Understood {

    private final Mind mind;
    private final QuestionVectors questions;

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
        return known == null || !key.isWords() ? Meaning.NOTHING : known.meaning(key.text(), questions.of(key));
    }
}
