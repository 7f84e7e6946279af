package io.xiaoer.bot.decide;

import io.xiaoer.bot.words.WordFilter;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.request.RequestIds;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Asks the sources in the order of their stages until one answers or wants a person; else says honestly that nobody
/// knows, or that what would know does not answer.
@Component
public final class Decider implements AutoCloseable {

    /// How long all sources together may take.
    public static final Duration PATIENCE = Duration.ofMillis(2500);

    private static final Logger LOGGER = LoggerFactory.getLogger(Decider.class);
    private static final RequestIds.Scope NO_CALL = () -> {};

    private final List<AnswerSource> sources;
    private final DontKnow dontKnow;
    private final WordFilter words;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// @param sources those of one stage in the order they are to be asked
    public Decider(List<AnswerSource> sources, DontKnow dontKnow, WordFilter words, Clock clock) {
        this.sources = sources.stream()
                .sorted(Comparator.comparing(AnswerSource::stage))
                .toList();
        this.dontKnow = dontKnow;
        this.words = words;
        this.clock = clock;
    }

    /// The verdict on a question, [Verdict.Answered] or [Verdict.HandOff], within [#PATIENCE].
    public Verdict decide(Question question) throws InterruptedException {
        var deadline = Deadline.in(PATIENCE, clock);
        var failed = new ArrayList<String>();
        for (AnswerSource source : sources) {
            switch (ask(source, question, deadline)) {
                case Verdict.Answered(var reply) -> {
                    return new Verdict.Answered(masked(question, reply));
                }
                case Verdict.HandOff handOff -> {
                    return source.stage() == Stage.HAND_OFF
                            ? new Verdict.HandOff(handOff.reason(), dontKnow.reply(question, failed))
                            : handOff;
                }
                case Verdict.Failed(var part) -> failed.add(part);
                case Verdict.Passed _ -> {}
            }
        }
        return new Verdict.Answered(dontKnow.reply(question, failed));
    }

    private Verdict ask(AnswerSource source, Question question, Deadline deadline) throws InterruptedException {
        var ids = RequestIds.context();
        var answer = threads.submit(() -> {
            try (var ignored = ids == null ? NO_CALL : RequestIds.open(ids)) {
                return source.consider(question, deadline);
            }
        });
        try {
            return answer.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return failed(source, question, e);
        } catch (ExecutionException e) {
            return failed(source, question, e.getCause() == null ? e : e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static Verdict failed(AnswerSource source, Question question, Throwable cause) {
        LOGGER.atWarn()
                .addKeyValue("stage", source.stage().label())
                .addKeyValue("message_id", question.id())
                .setCause(cause)
                .log("A source of answers failed");
        return new Verdict.Failed(source.stage().label());
    }

    private Reply masked(Question question, Reply reply) {
        return switch (reply.content()) {
            case Content.Text(var text) -> reply.with(new Content.Text(words.mask(question.shop(), text)));
            case Content.Card(var card, var text, var body)
            when text != null -> reply.with(new Content.Card(card, words.mask(question.shop(), text), body));
            case Content.Card _, Content.Choice _, Content.Image _, Content.Action _, Content.Notice _ -> reply;
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
