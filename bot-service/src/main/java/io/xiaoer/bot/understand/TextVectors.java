package io.xiaoer.bot.understand;

import io.xiaoer.bot.words.Language;
import org.jspecify.annotations.Nullable;

/// Gives the vectors of questions, so that others can tell which mean about the same.
public interface TextVectors {

    /// The vector of a question by the model of the language that it is written in, null while there are no models.
    /// Remembered, and computed on the calling thread if it is new: a millisecond or a few.
    ///
    /// @param fallback the language of a text without a letter
    long @Nullable [] of(String text, Language fallback);

    /// The same, null as well if it is not remembered.
    long @Nullable [] remembered(String text, Language fallback);
}
