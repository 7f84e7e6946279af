package io.xiaoer.bot.eval;

import io.xiaoer.bot.dialog.engine.Clauses;
import io.xiaoer.bot.faq.FaqCopy;
import io.xiaoer.bot.faq.FaqDecision;
import io.xiaoer.bot.handoff.PersonWanted;
import io.xiaoer.bot.order.OrderWords;
import io.xiaoer.bot.slots.Mentions;
import io.xiaoer.bot.understand.Learning;
import io.xiaoer.bot.understand.Meaning;
import io.xiaoer.bot.understand.Understood;
import io.xiaoer.bot.understand.vector.QuestionVectors;
import io.xiaoer.bot.understand.vector.SentenceModels;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.text.PlainText;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The demo shop as its bot knows it, asked without servers: the row of sources in its order, by the rules and the
/// understanding that answer shoppers. No dialog is under way, and whether an order is found does not matter here.
final class DemoShop implements AutoCloseable {

    private static final int QUESTIONS = 10_000;
    private final SentenceModels models;
    private final Understood understood;
    private final Map<String, String> faqWords = new HashMap<>();
    private final Set<String> dialogWords = new HashSet<>();

    private DemoShop(SentenceModels models) throws InterruptedException {
        this.models = models;
        var entries = DemoFaq.entries();
        entries.forEach(entry -> Stream.concat(Stream.of(entry.question()), entry.similar().stream())
                .forEach(words -> faqWords.put(PlainText.of(words), entry.id())));
        var dialogs = new EnumMap<Language, Map<String, List<String>>>(Language.class);
        for (Language language : Language.values()) {
            var examples = DemoDialogs.examples(language);
            dialogs.put(language, examples);
            examples.values().forEach(all -> all.forEach(words -> dialogWords.add(PlainText.of(words))));
        }
        var vectors = QuestionVectors.of(models, QUESTIONS);
        understood = new Learning(models, vectors).learn(new Learning.Lesson(new FaqCopy(1, entries), 1, dialogs));
    }

    static DemoShop open() throws InterruptedException {
        var models = SentenceModels.open();
        try {
            return new DemoShop(models);
        } catch (RuntimeException | InterruptedException e) {
            models.close();
            throw e;
        }
    }

    /// What a question gets.
    Outcome ask(String text, Language language) {
        if (PersonWanted.isWanted(text)) {
            return new Outcome.Person();
        }
        String known = faqWords.get(PlainText.of(text));
        if (known != null) {
            return new Outcome.Answered(known);
        }
        if (OrderWords.isAsked(text)) {
            return new Outcome.Answered("order_status");
        }
        var meaning = understood.of(text, language);
        String wanted = wanted(text, meaning, language);
        if (wanted != null) {
            return wanted.equals(Labelled.HUMAN) ? new Outcome.Person() : new Outcome.Answered(wanted);
        }
        return switch (meaning.decision()) {
            case FaqDecision.Answer(var best) ->
                new Outcome.Answered(best.entry().id());
            case FaqDecision.Choose(var candidates, var others) ->
                new Outcome.Offered(Stream.concat(
                                candidates.stream()
                                        .map(candidate -> candidate.entry().id()),
                                others.stream().map(other -> other.payload().substring(Meaning.FLOW_PAYLOAD.length())))
                        .toList());
            case FaqDecision.Clarify _, FaqDecision.HandOff _ -> new Outcome.Unsure();
        };
    }

    /// The dialog that a text wants: as a whole, or in one clause of it.
    ///
    /// @param meaning of the text
    private @Nullable String wanted(String text, Meaning meaning, Language language) {
        String whole = started(text, meaning, language);
        return whole != null || meaning.decision() instanceof FaqDecision.Answer
                ? whole
                : Clauses.wanted(Clauses.wishing(text), each -> started(each, understood.of(each, language), language));
    }

    /// The dialog that words start, or what they name said in general.
    private @Nullable String started(String text, Meaning meaning, Language language) {
        var started = meaning.started();
        if (started != null) {
            return started.flow();
        }
        String general = Mentions.inGeneral(text);
        return general.equals(text) || !Clauses.isWish(general) || meaning.decision() instanceof FaqDecision.Answer
                ? null
                : started(general, understood.of(general, language), language);
    }

    /// Whether it was told what these very words mean; then nothing is measured by them.
    boolean wasTold(String text) {
        String plain = PlainText.of(text);
        return faqWords.containsKey(plain) || dialogWords.contains(plain);
    }

    @Override
    public void close() {
        models.close();
    }
}
