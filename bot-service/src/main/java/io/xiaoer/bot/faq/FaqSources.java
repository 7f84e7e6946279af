package io.xiaoer.bot.faq;

import io.xiaoer.bot.decide.AnswerSource;
import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.decide.Stage;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.message.Content;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/// Puts the FAQ at its two stages: what it knows word for word stands before the dialogs that a question may start,
/// what it merely finds behind them.
@Configuration(proxyBeanMethods = false)
class FaqSources {

    /// What a button for an entry gives: this and the entry's id.
    static final String PAYLOAD = "faq:";

    private static final int CANDIDATES = 5;

    private final FaqCopies copies;
    private final FaqCache cache;
    private final FaqSearch search;
    private final EqualWords equalWords;
    private final Wording wording;

    FaqSources(FaqCopies copies, FaqCache cache, FaqSearch search, EqualWords equalWords, Wording wording) {
        this.copies = copies;
        this.cache = cache;
        this.search = search;
        this.equalWords = equalWords;
        this.wording = wording;
    }

    @Bean
    @Order(0)
    AnswerSource knownWords() {
        return new AnswerSource() {
            @Override
            public Stage stage() {
                return Stage.FAQ_CACHE;
            }

            @Override
            public Considering ahead(Question question) {
                var look = lookAhead(question);
                return (asked, deadline) -> over(asked, copy -> known(asked, copy, look));
            }

            @Override
            public Verdict consider(Question question, Deadline deadline) {
                return over(question, copy -> known(question, copy, null));
            }
        };
    }

    @Bean
    AnswerSource foundEntries() {
        return AnswerSource.at(
                Stage.FAQ, (question, deadline) -> over(question, copy -> found(question, copy, deadline)));
    }

    private Verdict over(Question question, Function<FaqCopy, Verdict> work) {
        if (question.text().isBlank()) {
            return Verdict.PASSED;
        }
        try {
            return work.apply(copies.of(question.shop()));
        } catch (FaqCopies.Unavailable e) {
            return new Verdict.Failed("faq");
        }
    }

    private FaqCache.@Nullable Look lookAhead(Question question) {
        var copy = question.payload() != null || question.text().isBlank() ? null : copies.known(question.shop());
        return copy == null ? null : cache.ahead(question.shop(), copy, question.text(), question.language());
    }

    private Verdict known(Question question, FaqCopy copy, FaqCache.@Nullable Look look) {
        String payload = question.payload();
        if (payload != null) {
            FaqEntry chosen = payload.startsWith(PAYLOAD) ? copy.entry(payload.substring(PAYLOAD.length())) : null;
            return chosen == null ? Verdict.PASSED : answered(chosen, 1);
        }
        var hit = cache.find(question.shop(), copy, question.text(), question.language(), look);
        FaqEntry entry = hit == null ? null : copy.entry(hit.entry());
        if (hit != null && entry != null) {
            return answered(entry, hit.score());
        }
        var equal = equalWords.find(copy, question.text(), question.language(), CANDIDATES);
        return FaqDecision.of(new Findings(equal, Bands.start(question.language())))
                        instanceof FaqDecision.Answer(var best)
                ? remembered(question, copy, best)
                : Verdict.PASSED;
    }

    private Verdict found(Question question, FaqCopy copy, Deadline deadline) {
        if (question.payload() != null) {
            return Verdict.PASSED;
        }
        var found = search.find(question.shop(), copy, question.text(), question.language(), CANDIDATES, deadline);
        return switch (FaqDecision.of(found)) {
            case FaqDecision.Answer(var best) -> remembered(question, copy, best);
            case FaqDecision.Choose choose -> choice(question, choose);
            case FaqDecision.Clarify _, FaqDecision.HandOff _ -> Verdict.PASSED;
        };
    }

    private Verdict remembered(Question question, FaqCopy copy, FaqCandidate best) {
        cache.remember(question.shop(), copy, question.text(), question.language(), best);
        return answered(best.entry(), best.score());
    }

    private Verdict choice(Question question, FaqDecision.Choose choose) {
        var entries = choose.candidates().stream()
                .map(each -> new Findings.Other(
                        each.entry().question(), PAYLOAD + each.entry().id(), each.score()));
        var options = Stream.concat(entries, choose.others().stream())
                .sorted(Comparator.comparingDouble(Findings.Other::score).reversed())
                .map(each -> new Content.Option(each.label(), each.payload(), null))
                .toList();
        var content = new Content.Choice(wording.say(question.language(), "which_question"), null, options);
        return answered(content, choose.confidence(), null);
    }

    private static Verdict answered(FaqEntry entry, double confidence) {
        return answered(new Content.Text(entry.answer()), confidence, entry.id());
    }

    private static Verdict answered(Content content, double confidence, @Nullable String entry) {
        return new Verdict.Answered(Reply.of(content, Source.FAQ, confidence, entry));
    }
}
