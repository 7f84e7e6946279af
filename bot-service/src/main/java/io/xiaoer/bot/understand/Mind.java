package io.xiaoer.bot.understand;

import io.xiaoer.bot.understand.vector.QuestionVectors;
import io.xiaoer.bot.words.Language;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What is known of a shop, as its FAQ and dialogs were at one moment. Never changes; another state is another mind.
///
/// @param number of this mind in this process
/// @param faq the revision of the FAQ
/// @param flows the revision of the dialogs' examples
/// @param trained whether its classifiers were fitted to these texts; else they are those of an earlier mind, if any
record Mind(long number, long faq, long flows, Map<Language, Known> languages, boolean trained) {

    private static final AtomicLong NUMBERS = new AtomicLong();

    Mind {
        languages = Map.copyOf(languages);
    }

    static Mind of(long faq, long flows, Map<Language, Known> languages, boolean trained) {
        return new Mind(NUMBERS.incrementAndGet(), faq, flows, languages, trained);
    }

    /// One that knows nothing, so that nobody waits for it.
    static Mind empty() {
        return of(-1, -1, Map.of(), true);
    }

    /// What is known in a language, null if nothing is.
    static @Nullable Known of(@Nullable Mind mind, Language language) {
        return mind == null ? null : mind.languages.get(language);
    }

    /// This one with what another, that was trained, has learnt.
    Mind taughtBy(Mind other) {
        var taught = new EnumMap<Language, Known>(Language.class);
        languages.forEach((language, known) -> taught.put(language, known.taughtBy(of(other, language))));
        return of(faq, flows, taught, false);
    }

    /// All its vectors.
    Map<QuestionVectors.Key, long[]> vectors() {
        var vectors = new HashMap<QuestionVectors.Key, long[]>();
        languages.values().forEach(known -> known.remember(vectors));
        return vectors;
    }

    /// The bytes that it takes, about.
    long size() {
        return languages.values().stream().mapToLong(Known::size).sum();
    }

    /// How many texts it compares with.
    int rows() {
        return languages.values().stream().mapToInt(Known::rows).sum();
    }
}
