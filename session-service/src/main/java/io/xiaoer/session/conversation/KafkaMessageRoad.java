package io.xiaoer.session.conversation;

import io.xiaoer.common.event.BotQuery;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.Promptness;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.redis.WaitingQuestion;
import io.xiaoer.common.words.ShopWords;
import io.xiaoer.session.archive.Drafts;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.archive.Warmth;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// The road: append (one Redis call), produce, acknowledge. A repetition takes the same road, for a
/// message that was pushed need not have become durable; only what this node has lately acknowledged to
/// another repetition is known to be, and is not produced again, see [KnownRepetitions]. What became
/// durable late is acknowledged only if the log holds it still, see [Promptness]. What an agent says too
/// late is kept as a draft before the agent is told so. Sensitive words are masked before anything is
/// stored; a repetition is known by what its sender gave, whatever the lists say by then.
@Component
class KafkaMessageRoad implements MessageRoad {

    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaMessageRoad.class);

    private static final Content SKIPPED = new Content.Notice(
            "degraded",
            "当前咨询人数较多，智能客服暂时繁忙，请稍后再试或转人工客服。"
                    + " / Too many people are asking right now. Please try again a little later, or ask for a person.");

    private final ConversationLog log;
    private final Warmth warmth;
    private final SessionDirectory directory;
    private final Durability durability;
    private final EventWriter events;
    private final WaitingQuestions waiting;
    private final Backlog backlog;
    private final SystemVoice voice;
    private final Drafts drafts;
    private final ShopWords words;
    private final KnownRepetitions repetitions;
    private final ConversationMeters meters;

    KafkaMessageRoad(
            ConversationLog log,
            Warmth warmth,
            SessionDirectory directory,
            Durability durability,
            EventWriter events,
            WaitingQuestions waiting,
            Backlog backlog,
            SystemVoice voice,
            Drafts drafts,
            ShopWords words,
            KnownRepetitions repetitions,
            ConversationMeters meters) {
        this.log = log;
        this.warmth = warmth;
        this.directory = directory;
        this.durability = durability;
        this.events = events;
        this.waiting = waiting;
        this.backlog = backlog;
        this.voice = voice;
        this.drafts = drafts;
        this.words = words;
        this.repetitions = repetitions;
        this.meters = meters;
    }

    @Override
    public Outcome send(Sending sending) {
        long begun = System.nanoTime();
        var outcome = take(sending);
        meters.taken(outcome, Duration.ofNanos(System.nanoTime() - begun));
        return outcome;
    }

    private Outcome take(Sending sending) {
        try {
            var promptness = Promptness.begin();
            var append = asAppend(sending);
            var appended = append(append);
            return appended instanceof AppendOutcome.Moved moved
                    ? follow(sending, append, moved, promptness)
                    : settle(sending, append, appended, promptness);
        } catch (Unavailable | DataAccessException | TransactionException e) {
            LOGGER.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("A message could not be taken now");
            return new Outcome.Unavailable();
        }
    }

    private AppendOutcome append(Append append) throws Unavailable {
        var appended = log.append(append);
        if (appended instanceof AppendOutcome.Cold) {
            warmth.warm(append.user());
            appended = log.append(append);
        }
        return appended;
    }

    private Append asAppend(Sending sending) {
        var append = Append.said(
                        sending.user(),
                        sending.from(),
                        sending.clientId(),
                        sending.sessionId(),
                        sending.content(),
                        sending.limited())
                .under(sending.number());
        var verdict = words.check(sending.user().shop(), sending.content());
        return verdict == null ? append : append.masked(verdict.content(), verdict.flags(), verdict.refused());
    }

    /// The guest became a user: what was on its way is said in the user's log. Once all is settled there, the guest
    /// has no session any more.
    private Outcome follow(Sending sending, Append append, AppendOutcome.Moved moved, Promptness promptness)
            throws Unavailable {
        if (moved.settled() && sending.from().role() == Role.USER) {
            return new Outcome.NotFound();
        }
        var there = append.movedTo(moved.to());
        return settle(sending.movedTo(moved.to()), there, append(there), promptness);
    }

    private Outcome settle(Sending sending, Append append, AppendOutcome appended, Promptness promptness)
            throws Unavailable {
        return switch (appended) {
            case AppendOutcome.Stored stored -> acknowledge(sending, stored, promptness);
            case AppendOutcome.Conflict conflict -> new Outcome.Conflict(conflict.messageId());
            case AppendOutcome.Cold cold -> new Outcome.Unavailable();
            case AppendOutcome.Closed closed -> closedOrUnknown(sending, append);
            case AppendOutcome.Forbidden forbidden ->
                keeps(sending, append) ? new Outcome.Fenced() : new Outcome.Forbidden();
            case AppendOutcome.Refused refused -> {
                meters.refused(ConversationMeters.Refusal.WORDS);
                yield new Outcome.Refused();
            }
            case AppendOutcome.Limited limited -> {
                meters.refused(ConversationMeters.Refusal.LIMIT);
                yield new Outcome.Limited(limited.retryAfter(), limited.messages());
            }
            case AppendOutcome.Fenced fenced -> {
                drafts.keep(append, fenced.nonce());
                yield new Outcome.Fenced();
            }
            case AppendOutcome.Moved moved -> new Outcome.Unavailable();
            case AppendOutcome.Erased erased -> new Outcome.NotFound();
        };
    }

    private Outcome closedOrUnknown(Sending sending, Append append) {
        return directory.isOf(sending.user(), sending.sessionId())
                ? new Outcome.Closed(keeps(sending, append))
                : new Outcome.NotFound();
    }

    /// Keeps what is refused of an agent who ever held the session. Who did Redis does not know of a closed
    /// one, nor of any after it was emptied: the rows are asked, for what is refused alone.
    private boolean keeps(Sending sending, Append append) {
        if (sending.from().role() != Role.AGENT) {
            return false;
        }
        var agent = new UserKey(
                sending.user().shop(), UserKey.Kind.AGENT, sending.from().id());
        if (!directory.wasHeld(agent, sending.sessionId())) {
            return false;
        }
        drafts.keep(append, append.nonceField());
        return true;
    }

    private Outcome acknowledge(Sending sending, AppendOutcome.Stored stored, Promptness promptness)
            throws Unavailable {
        UserKey user = sending.user();
        var message = stored.message();
        if (stored.duplicate() && repetitions.hold(user, message.id())) {
            return new Outcome.Accepted(message, stored.owner(), true);
        }
        String session = stored.duplicate() ? message.message().sessionId() : sending.sessionId();
        // A question stays one whoever owns the session when it comes again: its first record may be lost.
        String askedIn = stored.asked() == null ? null : session;
        // The bot may have been asked when a repetition came for the first time, and is asked again.
        boolean skipped = askedIn != null && !stored.duplicate() && backlog.isOver(user.shop());
        var records = new ArrayList<ProducerRecord<String, byte[]>>(2);
        records.add(events.record(Topic.CS_MESSAGE, user.tag(), message.id(), MessageStored.of(user, stored)));
        if (askedIn != null && !skipped) {
            records.add(events.record(Topic.BOT_QUERY, user.tag(), message.id(), BotQuery.of(user, askedIn, stored)));
            if (!stored.duplicate()) {
                waiting.add(new WaitingQuestion(user, askedIn, message.id()));
            }
        }
        if (durability.make(records) == Durability.Place.NOWHERE) {
            return new Outcome.Unavailable();
        }
        if (!promptness.suffices(stored) && !log.holds(user, message.id())) {
            return new Outcome.Unavailable();
        }
        if (askedIn != null && skipped) {
            skipBot(user, askedIn, message.id());
        }
        if (stored.duplicate()) {
            repetitions.add(user, message.id());
        }
        return new Outcome.Accepted(message, stored.owner(), stored.duplicate());
    }

    /// Gives a question its one outcome in the bot's place, before it is acknowledged: if that fails the question comes
    /// again, and then the bot is asked.
    private void skipBot(UserKey user, String session, String question) throws Unavailable {
        voice.say(user, Append.replyNonce(question), session, SKIPPED, question);
        meters.refused(ConversationMeters.Refusal.BACKLOG);
    }
}
