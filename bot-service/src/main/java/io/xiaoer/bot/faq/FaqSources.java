package io.xiaoer.bot.faq;

import io.xiaoer.bot.decide.AnswerSource;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.decide.Stage;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.message.Content;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the FAQ at its two stages: what it knows word for word stands before the dialogs that a question may start,
/// what it merely finds behind them.
@Configuration(proxyBeanMethods = false)
class FaqSources {

    /// What a button for an entry gives: this and the entry's id.
    static final String PAYLOAD = "faq:";

    private static final int CANDIDATES = 5;

    private final FaqCopies copies;
    private final FaqCache cache;
    private final FaqRetrieval retrieval;
    private final EqualWords equalWords;
    private final Wording wording;

    FaqSources(FaqCopies copies, FaqCache cache, FaqRetrieval retrieval, EqualWords equalWords, Wording wording) {
        this.copies = copies;
        this.cache = cache;
        this.retrieval = retrieval;
        this.equalWords = equalWords;
        this.wording = wording;
    }

    @Bean
    AnswerSource knownWords() {
        return AnswerSource.at(Stage.FAQ_CACHE, (question, deadline) -> over(question, copy -> known(question, copy)));
    }

    @Bean
    AnswerSource foundEntries() {
        return AnswerSource.at(Stage.FAQ, (question, deadline) -> over(question, copy -> found(question, copy)));
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

    private Verdict known(Question question, FaqCopy copy) {
        String payload = question.payload();
        if (payload != null) {
            FaqEntry chosen = payload.startsWith(PAYLOAD) ? copy.entry(payload.substring(PAYLOAD.length())) : null;
            return chosen == null ? Verdict.PASSED : answered(chosen, 1);
        }
        var hit = cache.find(question.shop(), copy, question.text(), question.language());
        FaqEntry entry = hit == null ? null : copy.entry(hit.entry());
        if (hit != null && entry != null) {
            return answered(entry, hit.score());
        }
        return FaqDecision.of(equalWords.find(copy, question.text(), question.language(), CANDIDATES))
                        instanceof FaqDecision.Answer(var best)
                ? remembered(question, copy, best)
                : Verdict.PASSED;
    }

    private Verdict found(Question question, FaqCopy copy) {
        if (question.payload() != null) {
            return Verdict.PASSED;
        }
        return switch (FaqDecision.of(retrieval.find(copy, question.text(), question.language(), CANDIDATES))) {
            case FaqDecision.Answer(var best) -> remembered(question, copy, best);
            case FaqDecision.Choose(var candidates) -> choice(question, candidates);
            case FaqDecision.Clarify _, FaqDecision.HandOff _ -> Verdict.PASSED;
        };
    }

    private Verdict remembered(Question question, FaqCopy copy, FaqCandidate best) {
        cache.remember(question.shop(), copy, question.text(), question.language(), best);
        return answered(best.entry(), best.score());
    }

    private Verdict choice(Question question, List<FaqCandidate> candidates) {
        var options = candidates.stream()
                .map(FaqCandidate::entry)
                .map(entry -> new Content.Option(entry.question(), PAYLOAD + entry.id(), null))
                .toList();
        var content = new Content.Choice(wording.say(question.language(), "which_question"), null, options);
        return answered(content, candidates.getFirst().score(), null);
    }

    private static Verdict answered(FaqEntry entry, double confidence) {
        return answered(new Content.Text(entry.answer()), confidence, entry.id());
    }

    private static Verdict answered(Content content, double confidence, @Nullable String entry) {
        return new Verdict.Answered(Reply.of(content, Source.FAQ, confidence, entry));
    }
}
