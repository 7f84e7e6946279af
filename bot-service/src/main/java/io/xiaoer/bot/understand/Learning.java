package io.xiaoer.bot.understand;

import io.xiaoer.bot.faq.FaqCandidate;
import io.xiaoer.bot.faq.FaqCopy;
import io.xiaoer.bot.understand.vector.OncePerKey;
import io.xiaoer.bot.understand.vector.QuestionVectors;
import io.xiaoer.bot.understand.vector.SentenceModels;
import io.xiaoer.bot.words.Language;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes minds: first the vectors, of which those that an earlier mind of the shop has are taken over, then what is
/// learnt from them. Whoever learns from the same examples shares what was learnt, so that the dialogs which all shops
/// have are learnt once.
public final class Learning {

    /// The most classifiers that are kept for others to share, of shops of at most so many texts.
    private static final int SHARED = 16;

    static final int SMALL = 2000;

    private final SentenceModels models;
    private final QuestionVectors questions;
    private final OncePerKey<String, Known> learnt = new OncePerKey<>(SHARED, () -> {}, () -> {});

    /// @param questions the vectors of questions, where examples of dialogs are remembered as well
    public Learning(SentenceModels models, QuestionVectors questions) {
        this.models = models;
        this.questions = questions;
    }

    /// What a mind is made of.
    ///
    /// @param flows the examples of each dialog, by language and name
    public record Lesson(FaqCopy faq, long flowsRevision, Map<Language, Map<String, List<String>>> flows) {}

    /// All texts of a lesson.
    Map<Language, Rows> rows(Lesson lesson) {
        var rows = new EnumMap<Language, Rows>(Language.class);
        for (Language language : Language.values()) {
            rows.put(
                    language,
                    Rows.of(
                            language,
                            lesson.faq(),
                            lesson.flows().getOrDefault(language, Map.of()),
                            Nobody.texts(language)));
        }
        return rows;
    }

    /// How many vectors a mind needs that an earlier one has not.
    static int missing(Map<Language, Rows> rows, @Nullable Mind earlier) {
        var known = earlier == null ? Map.of() : earlier.vectors();
        return (int) rows.values().stream()
                .flatMap(each -> each.rows().stream())
                .filter(row -> !known.containsKey(row.key()))
                .count();
    }

    /// A mind that knows all the texts, and from an earlier one what that had learnt. Nothing new is learnt yet.
    ///
    /// @throws InterruptedException if the thread is interrupted meanwhile
    Mind untrained(Lesson lesson, Map<Language, Rows> rows, @Nullable Mind earlier) throws InterruptedException {
        var vectors = earlier == null ? new HashMap<QuestionVectors.Key, long[]>() : earlier.vectors();
        var languages = new EnumMap<Language, Known>(Language.class);
        for (var each : rows.entrySet()) {
            var known = Known.of(each.getValue(), vectors(each.getValue(), vectors));
            languages.put(each.getKey(), known.taughtBy(Mind.of(earlier, each.getKey())));
        }
        return Mind.of(lesson.faq().revision(), lesson.flowsRevision(), languages, false);
    }

    private long[][] vectors(Rows rows, Map<QuestionVectors.Key, long[]> known) throws InterruptedException {
        var vectors = new long[rows.rows().size()][];
        for (int i = 0; i < vectors.length; i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            var row = rows.rows().get(i);
            long[] vector = known.get(row.key());
            if (vector == null) {
                vector = vector(rows, row);
                known.put(row.key(), vector);
            }
            vectors[i] = vector;
        }
        return vectors;
    }

    private long[] vector(Rows rows, Row row) {
        if (row.field() == FaqCandidate.Field.ANSWER) {
            return models.vector(row.key().text(), row.key().language(), SentenceModels.PASSAGE);
        }
        return rows.owners().get(row.owner()) instanceof Owner.Entry
                ? questions.once(row.key())
                : questions.of(row.key());
    }

    /// The mind with what it learns.
    ///
    /// @throws InterruptedException if the thread is interrupted meanwhile
    Mind trained(Mind mind) throws InterruptedException {
        var languages = new EnumMap<Language, Known>(Language.class);
        for (var each : mind.languages().entrySet()) {
            languages.put(each.getKey(), trained(each.getKey(), each.getValue()));
        }
        return Mind.of(mind.faq(), mind.flows(), languages, true);
    }

    private Known trained(Language language, Known known) throws InterruptedException {
        if (known.rows() > SMALL) {
            return known.trained();
        }
        var key = language + known.digest();
        var shared = learnt.peek(key);
        if (shared == null) {
            var mine = known.trained();
            learnt.get(key, () -> mine);
            return mine;
        }
        return known.taughtBy(shared);
    }

    /// A mind that has learnt everything, made by the calling thread.
    ///
    /// @throws InterruptedException if the thread is interrupted meanwhile
    public Understood learn(Lesson lesson) throws InterruptedException {
        return new Understood(trained(untrained(lesson, rows(lesson), null)), questions);
    }
}
