package io.xiaoer.bot.understand.vector;

import io.xiaoer.bot.words.Language;
import java.text.Normalizer;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The vectors of questions, each distinct one computed once and a bounded number remembered. Two
/// questions are the same if they differ in case, width and white space alone.
public final class QuestionVectors {

    private final SentenceModels models;
    private final OncePerKey<Key, long[]> vectors;
    private final LongConsumer took;

    /// @param vectors where they are remembered
    /// @param took told of the nanoseconds that each computation took
    public QuestionVectors(SentenceModels models, OncePerKey<Key, long[]> vectors, LongConsumer took) {
        this.models = models;
        this.vectors = vectors;
        this.took = took;
    }

    /// Vectors that nobody counts.
    ///
    /// @param most how many are remembered
    public static QuestionVectors of(SentenceModels models, int most) {
        return new QuestionVectors(models, new OncePerKey<>(most, () -> {}, () -> {}), nanos -> {});
    }

    /// A text in its normal form and the language whose model it goes to.
    public record Key(String text, Language language) {

        /// The key of a text.
        ///
        /// @param fallback the language of a text without a letter
        public static Key of(String text, Language fallback) {
            String normal = normal(text);
            return new Key(normal, Language.of(normal, fallback));
        }

        /// Whether there is anything to understand: a letter or a digit.
        public boolean isWords() {
            return text.codePoints().anyMatch(Character::isLetterOrDigit);
        }
    }

    /// The normal form: Unicode NFKC, lower case, single blanks.
    static String normal(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        var normal = new StringBuilder(folded.length());
        boolean gap = false;
        for (int i = 0; i < folded.length(); i++) {
            char each = folded.charAt(i);
            if (Character.isWhitespace(each) || Character.isSpaceChar(each)) {
                gap = !normal.isEmpty();
            } else {
                if (gap) {
                    normal.append(' ');
                    gap = false;
                }
                normal.append(each);
            }
        }
        return normal.toString();
    }

    /// The vector of a question.
    public long[] of(Key key) {
        return vectors.get(key, () -> {
            long begun = System.nanoTime();
            long[] vector = models.vector(key.text(), key.language(), SentenceModels.QUESTION);
            took.accept(System.nanoTime() - begun);
            return vector;
        });
    }

    /// The vector of a text, not remembered, but taken from there if it is.
    public long[] once(Key key) {
        long[] known = known(key);
        return known != null ? known : models.vector(key.text(), key.language(), SentenceModels.QUESTION);
    }

    /// The vector of a text if it is remembered.
    public long @Nullable [] known(Key key) {
        return vectors.peek(key);
    }
}
