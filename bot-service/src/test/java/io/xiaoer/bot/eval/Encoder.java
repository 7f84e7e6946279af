package io.xiaoer.bot.eval;

import io.xiaoer.bot.understand.vector.QuestionVectors;
import io.xiaoer.bot.understand.vector.SentenceModels;
import io.xiaoer.bot.words.Language;

/// Gives the vectors of texts, each computed once.
final class Encoder implements AutoCloseable {

    /// More than all texts of all sets.
    private static final int TEXTS = 20_000;

    private final SentenceModels models = SentenceModels.open();
    private final QuestionVectors vectors = QuestionVectors.of(models, TEXTS);

    long[] of(String text) {
        return vectors.of(QuestionVectors.Key.of(text, Language.EN));
    }

    @Override
    public void close() {
        models.close();
    }
}
