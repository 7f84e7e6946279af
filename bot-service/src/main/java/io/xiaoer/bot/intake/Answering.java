package io.xiaoer.bot.intake;

import io.xiaoer.bot.decide.Decider;
import io.xiaoer.bot.decide.Listener;
import io.xiaoer.bot.decide.Phrasing;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.handoff.PersonWanted;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.RecordScope;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.message.Answer;
import io.xiaoer.common.message.Content;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// One question from its record to its one outcome: read, decided, delivered. What cannot be processed gets an honest
/// notice in the place of its answer and is parked. Doing it again changes nothing: the outcome stands under the
/// question's own nonce.
@Component
final class Answering {

    private static final Logger LOGGER = LoggerFactory.getLogger(Answering.class);

    private final QuestionReader reader;
    private final Decider decider;
    private final SureHandOffs handOffs;
    private final Delivery delivery;
    private final ParkedQuestions parked;
    private final WaitingQuestions waiting;
    private final List<Phrasing> phrasings;
    private final List<Listener> listeners;
    private final Wording wording;
    private final IntakeMeters meters;
    private final Clock clock;

    Answering(
            QuestionReader reader,
            Decider decider,
            SureHandOffs handOffs,
            Delivery delivery,
            ParkedQuestions parked,
            WaitingQuestions waiting,
            List<Phrasing> phrasings,
            List<Listener> listeners,
            Wording wording,
            IntakeMeters meters,
            Clock clock) {
        this.reader = reader;
        this.decider = decider;
        this.handOffs = handOffs;
        this.delivery = delivery;
        this.parked = parked;
        this.waiting = waiting;
        this.phrasings = List.copyOf(phrasings);
        this.listeners = List.copyOf(listeners);
        this.wording = wording;
        this.meters = meters;
        this.clock = clock;
    }

    /// Gives the question of a record its outcome. Does not throw.
    ///
    /// @return whether the record is done with; false at a stop, when it must come again
    boolean answer(ConsumerRecord<String, byte[]> record) {
        try (var ignored = RecordScope.of(record)) {
            if (record.headers().lastHeader(DeadLetters.DISCARD_OF) == null) {
                answerOrPark(record);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Whether a record is surely for a person: that need not wait for what is being written. Does not throw.
    boolean isForAPerson(ConsumerRecord<String, byte[]> record) {
        try {
            return record.headers().lastHeader(DeadLetters.DISCARD_OF) == null
                    && PersonWanted.isSure(reader.question(reader.address(record)));
        } catch (RuntimeException | StackOverflowError e) {
            // Told of in its turn.
            return false;
        }
    }

    private void answerOrPark(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        Asked asked = null;
        try {
            asked = reader.address(record);
            var question = reader.question(asked);
            settle(question, decider.decide(question));
            waiting.done(asked);
        } catch (RuntimeException | StackOverflowError e) {
            LOGGER.atError()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .setCause(e)
                    .log("A question cannot be processed and is parked");
            if (asked != null) {
                apologise(asked);
                waiting.done(asked);
            }
            parked.park(
                    record,
                    e instanceof Unprocessable known
                            ? known
                            : new Unprocessable("answering_failed", "no answer could be made", e));
            meters.parked();
        }
    }

    private void settle(Question question, Verdict verdict) throws InterruptedException {
        switch (verdict) {
            case Verdict.Answered(var reply) -> deliver(question, phrased(question, reply));
            case Verdict.HandOff(var reason, var otherwise, var brief) -> {
                switch (handOffs.handOff(question, reason, brief)) {
                    case DONE -> {
                        meters.handedOff(elapsed(question));
                        listeners.forEach(listener -> listener.handedOff(question, reason));
                    }
                    case DONE_BEFORE ->
                        meters.answered(Delivery.Outcome.ALREADY_STORED, Source.HANDOFF, elapsed(question));
                    case REFUSED, UNKNOWN -> {
                        var text = wording.say(question.language(), "handoff_failed");
                        deliver(
                                question,
                                otherwise == null
                                        ? Reply.of(new Content.Text(text), Source.HANDOFF, 0, null)
                                        : otherwise);
                    }
                }
            }
            case Verdict.Passed _, Verdict.Failed _ -> throw new IllegalStateException("the row of sources has an end");
        }
    }

    private Reply phrased(Question question, Reply reply) {
        var phrased = reply;
        for (Phrasing phrasing : phrasings) {
            phrased = phrasing.phrased(question, phrased);
        }
        return phrased;
    }

    private void deliver(Question question, Reply reply) throws InterruptedException {
        var elapsed = elapsed(question);
        var outcome = delivery.deliver(
                question.id(),
                new Append(
                        question.user(),
                        io.xiaoer.common.message.Sender.BOT,
                        Append.replyNonce(question.id()),
                        question.sessionId(),
                        reply.content(),
                        question.id(),
                        answer(reply, elapsed),
                        question.number(),
                        false,
                        reply.dialog()));
        meters.answered(outcome, reply.source(), elapsed);
        if (outcome == Delivery.Outcome.STORED) {
            listeners.forEach(listener -> listener.answered(question, reply));
        }
    }

    private Duration elapsed(Question question) {
        var elapsed = Duration.between(question.askedAt(), clock.instant());
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }

    private static Answer answer(Reply reply, Duration elapsed) {
        return new Answer(
                reply.source().label(),
                reply.confidence(),
                elapsed.toMillis(),
                faq(reply),
                reply.source() == Source.DIALOG ? reply.origin() : null,
                reply.source() == Source.MODEL ? reply.origin() : null);
    }

    private static @Nullable String faq(Reply reply) {
        return reply.source() == Source.FAQ
                ? reply.origin()
                : reply.cited().isEmpty() ? null : reply.cited().getFirst();
    }

    private void apologise(Asked asked) throws InterruptedException {
        var text = wording.say(asked.language(), "cannot_process");
        var notice = Append.notice(
                asked.user(),
                Append.replyNonce(asked.id()),
                asked.sessionId(),
                new Content.Notice("cannot_process", text),
                asked.id());
        try {
            delivery.deliver(asked.id(), notice);
        } catch (RuntimeException e) {
            LOGGER.atError().addKeyValue("message_id", asked.id()).setCause(e).log("The notice is refused as well");
        }
    }
}
