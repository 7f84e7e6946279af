package io.xiaoer.bot.decide;

import io.xiaoer.bot.words.WordFilter;
import io.xiaoer.common.circuit.Circuits;
import io.xiaoer.common.request.RequestIds;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
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

    /// How long all sources together may take, but for those with a patience of their own.
    public static final Duration PATIENCE = Duration.ofMillis(2500);

    /// How long a turn of a dialog may take by itself: its writes must not be cut off, and its reads wait for
    /// a neighbour that is started anew.
    public static final Duration DIALOG_PATIENCE = Duration.ofSeconds(8);

    /// A source with less time than this may fail without its circuit being told.
    private static final Duration FAIR = PATIENCE.dividedBy(2);

    private static final Logger LOGGER = LoggerFactory.getLogger(Decider.class);
    private static final RequestIds.Scope NO_CALL = () -> {};

    private final List<Asked> sources;
    private final DontKnow dontKnow;
    private final WordFilter words;
    private final Circuits circuits;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// @param sources those of one stage in the order they are to be asked
    public Decider(List<AnswerSource> sources, DontKnow dontKnow, WordFilter words, Circuits circuits, Clock clock) {
        this.sources = named(sources.stream()
                .sorted(Comparator.comparing(AnswerSource::stage))
                .toList());
        this.dontKnow = dontKnow;
        this.words = words;
        this.circuits = circuits;
        this.clock = clock;
    }

    /// A source and the name of its circuit.
    private record Asked(AnswerSource source, String part) {}

    private static List<Asked> named(List<AnswerSource> sources) {
        var named = new ArrayList<Asked>();
        var counts = new EnumMap<Stage, Integer>(Stage.class);
        for (AnswerSource source : sources) {
            int number = counts.merge(source.stage(), 1, Integer::sum);
            named.add(new Asked(source, source.stage().label() + (number == 1 ? "" : "_" + number)));
        }
        return List.copyOf(named);
    }

    /// The verdict on a question, [Verdict.Answered] or [Verdict.HandOff], within [#PATIENCE] and what sources with a
    /// patience of their own take.
    public Verdict decide(Question asked) throws InterruptedException {
        var question = ButtonPick.in(asked);
        var deadline = Deadline.in(PATIENCE, clock);
        var failed = new ArrayList<String>();
        var considered =
                sources.stream().map(each -> each.source().ahead(question)).toList();
        for (int i = 0; i < sources.size(); i++) {
            var each = sources.get(i);
            var own = each.source().patience();
            var begun = clock.instant();
            var verdict = ask(each, considered.get(i), question, own == null ? deadline : deadline.own(own));
            if (own != null) {
                deadline = deadline.later(Duration.between(begun, clock.instant()));
            }
            switch (verdict) {
                case Verdict.Answered(var reply) -> {
                    return new Verdict.Answered(masked(question, reply));
                }
                case Verdict.HandOff handOff -> {
                    return each.source().stage() == Stage.HAND_OFF
                            ? new Verdict.HandOff(handOff.reason(), dontKnow.reply(question, failed), handOff.brief())
                            : new Verdict.HandOff(
                                    handOff.reason(),
                                    handOff.otherwise() == null ? null : masked(question, handOff.otherwise()),
                                    handOff.brief());
                }
                case Verdict.Failed(var part) -> failed.add(part);
                case Verdict.Passed _ -> {}
            }
        }
        return new Verdict.Answered(dontKnow.reply(question, failed));
    }

    /// Asks a source, unless it has failed too often of late. One that was left too little time is not to blame, and
    /// one that was left none is passed over.
    private Verdict ask(Asked asked, AnswerSource.Considering considered, Question question, Deadline deadline)
            throws InterruptedException {
        var source = asked.source();
        var left = deadline.left();
        if (left.toMillis() == 0) {
            return Verdict.PASSED;
        }
        boolean fair = left.compareTo(FAIR) >= 0;
        var passage = circuits.enter(asked.part(), question.shop());
        if (passage.isEmpty()) {
            return new Verdict.Failed(source.stage().label());
        }
        var ids = RequestIds.context();
        var answer = threads.submit(() -> {
            try (var ignored = ids == null ? NO_CALL : RequestIds.open(ids)) {
                return considered.consider(question, deadline);
            }
        });
        try {
            var verdict = answer.get(left.toMillis(), TimeUnit.MILLISECONDS);
            end(passage.get(), verdict instanceof Verdict.Failed, fair);
            return verdict;
        } catch (TimeoutException e) {
            end(passage.get(), true, fair);
            return failed(source, question, e);
        } catch (ExecutionException e) {
            end(passage.get(), true, fair);
            return failed(source, question, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            passage.get().abandoned();
            throw e;
        } finally {
            answer.cancel(true);
        }
    }

    private static void end(Circuits.Passage passage, boolean failed, boolean fair) {
        if (!failed) {
            passage.succeeded();
        } else if (fair) {
            passage.failed();
        } else {
            passage.abandoned();
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
        return reply.with(reply.content().withTexts(text -> words.mask(question.shop(), text)));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
