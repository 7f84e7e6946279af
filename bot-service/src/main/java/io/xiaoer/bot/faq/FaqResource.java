package io.xiaoer.bot.faq;

import io.xiaoer.common.rest.Resource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The forms of an entry over REST.
public final class FaqResource {

    /// What an entry of the greatest length needs, whichever way its characters are written.
    static final String LARGEST = "2MB";

    private FaqResource() {}

    /// What a merchant sends.
    record Body(
            @Nullable String question,
            @Nullable List<@Nullable String> similar,
            @Nullable String answer,
            @Nullable String locale,
            @Nullable Boolean enabled) {}

    /// What a merchant reads.
    public record Attributes(
            String question,
            List<String> similar,
            String answer,
            String locale,
            boolean enabled,
            int version,
            long hits,
            @Nullable Instant lastHitAt,
            Instant createdAt,
            Instant updatedAt) {}

    /// What an entry was.
    record Version(
            int version,
            String question,
            List<String> similar,
            String answer,
            String locale,
            boolean enabled,
            boolean deleted,
            Instant changedAt) {}

    /// A candidate of a search.
    record Candidate(double score, Matched matched, String question, String answer, String locale) {}

    /// What of a candidate matched: `by` is `exact`, `normalised` or `similar`, `field` is `question`, `similar` or
    /// `answer` (question and answer together).
    record Matched(String by, String field, String text) {}

    static Resource<Version> of(FaqVersion version) {
        return new Resource<>(
                Integer.toString(version.version()),
                "faq_version",
                new Version(
                        version.version(),
                        version.question(),
                        version.similar(),
                        version.answer(),
                        version.locale(),
                        version.enabled(),
                        version.deleted(),
                        version.changedAt()));
    }

    static Resource<Attributes> of(KeptFaq kept) {
        var entry = kept.entry();
        return new Resource<>(
                entry.id(),
                "faq",
                new Attributes(
                        entry.question(),
                        entry.similar(),
                        entry.answer(),
                        entry.locale(),
                        kept.enabled(),
                        kept.version(),
                        kept.hits(),
                        kept.lastHitAt(),
                        entry.createdAt(),
                        entry.updatedAt()));
    }

    static Resource<Candidate> of(FaqCandidate candidate) {
        var entry = candidate.entry();
        var match = candidate.match();
        return new Resource<>(
                entry.id(),
                "faq",
                new Candidate(
                        candidate.score(),
                        new Matched(label(match.how()), label(match.field()), match.text()),
                        entry.question(),
                        entry.answer(),
                        entry.locale()));
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT);
    }
}
