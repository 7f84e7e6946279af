package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.dialog.DialogSource;
import io.xiaoer.bot.slots.Declines;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.redis.RedisKeys;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

/// Dialogs at their two places in the row of sources.
///
/// | key | type | meaning | who deletes |
/// |---|---|---|---|
/// | `cs:dialog:{u}` | hash | `state`: [DialogState]; `question`: the last question that moved it | the append that
/// ends the dialog drops the state; TTL of the user's keys |
///
/// The state moves in the call that stores the reply, and only for a question that is newer than the last one that
/// moved it. A question that comes again after that moves nothing and calls nothing: its answer stands. One that comes
/// again before it repeats its calls under the same keys.
public final class Dialogs implements DialogSource {

    private static final Logger LOGGER = LoggerFactory.getLogger(Dialogs.class);
    private static final List<Object> FIELDS = List.of("state", "question");
    private static final Duration PAUSE = Duration.ofMillis(100);
    /// What a try may take, and what is made of it.
    private static final Duration LAST_TRY = Duration.ofSeconds(2);

    private final StringRedisTemplate redis;
    private final Engine engine;
    private final FlowBook flows;
    private final Wording wording;
    private final DialogMeters meters;

    public Dialogs(StringRedisTemplate redis, Engine engine, FlowBook flows, Wording wording, DialogMeters meters) {
        this.redis = redis;
        this.engine = engine;
        this.flows = flows;
        this.wording = wording;
        this.meters = meters;
    }

    @Override
    public Verdict resume(Question question, Deadline deadline) {
        var verdict = underWay(question, deadline);
        return verdict instanceof Verdict.Passed && Engine.isButton(question.payload())
                ? answered(engine.over(question), null)
                : verdict;
    }

    /// Goes on with what is under way, if anything is.
    private Verdict underWay(Question question, Deadline deadline) {
        var stored = stored(question, deadline);
        if (stored == null) {
            return new Verdict.Failed("dialog");
        }
        if (stored.get(1) instanceof String last && !isAfter(question.id(), last)) {
            return overtaken(question);
        }
        var state = stored.get(0) instanceof String json ? DialogState.parse(json) : null;
        return state == null ? Verdict.PASSED : verdict(engine.resume(state, question, deadline), question);
    }

    /// Reads what is remembered, and again while Redis does not answer: without it no reply could be stored either.
    ///
    /// @return the values of [#FIELDS], null if there is no time left for another try
    private @Nullable List<?> stored(Question question, Deadline deadline) {
        while (true) {
            try {
                return redis.opsForHash().multiGet(RedisKeys.dialog(question.user()), FIELDS);
            } catch (DataAccessException e) {
                if (deadline.left().compareTo(LAST_TRY) < 0 || isInterruptedWhile(PAUSE)) {
                    LOGGER.atWarn()
                            .addKeyValue("message_id", question.id())
                            .setCause(e)
                            .log("A dialog could not be read");
                    return null;
                }
            }
        }
    }

    private static boolean isInterruptedWhile(Duration pause) {
        LockSupport.parkNanos(pause.toNanos());
        return Thread.currentThread().isInterrupted();
    }

    @Override
    public Verdict begin(Question question, Deadline deadline) {
        boolean button = question.payload() != null;
        if (!button && (question.text().isBlank() || Declines.something(question.text()))) {
            return Verdict.PASSED;
        }
        var wish = engine.wish(question, deadline);
        var flow = wish == null ? null : flows.current(question.user(), wish.flow());
        if (wish == null || flow == null) {
            return Verdict.PASSED;
        }
        if (!Engine.mayBegin(flow, question)) {
            var speech = new Speech();
            if (wish.aside() != null) {
                speech.say(wish.aside());
            }
            speech.say(wording.say(question.language(), "order.login_needed"));
            return answered(new Content.Text(speech.words()), wish.flow());
        }
        // One more look, where a dialog begins alone: had the first one failed, this would take the place of another.
        var before = underWay(question, deadline);
        if (!(before instanceof Verdict.Passed)) {
            return before;
        }
        return verdict(engine.begin(wish, deadline), question);
    }

    private Verdict verdict(Turned turned, Question question) {
        return switch (turned) {
            case Turned.Passed _ -> Verdict.PASSED;
            case Turned.Overtaken(var flow) -> {
                meters.turn(flow, Turned.Outcome.OVERTAKEN);
                yield overtaken(question);
            }
            case Turned.Person(var reason, var flow, var over, var before, var otherwise) -> {
                meters.turn(flow, null);
                yield new Verdict.HandOff(
                        reason,
                        new Reply(otherwise, Source.HANDOFF, 0, null, over ? new Append.DialogMove(null) : null),
                        Brief.of(before, flows, question.shop()));
            }
            case Turned.Said(var content, var flow, var faqId, var after, var outcome) -> {
                meters.turn(flow, outcome);
                var move = new Append.DialogMove(after == null ? null : after.json());
                yield new Verdict.Answered(
                        faqId == null
                                ? new Reply(content, Source.DIALOG, 1, flow, move)
                                : new Reply(content, Source.FAQ, 1, faqId, move));
            }
        };
    }

    /// What is said to a question that was dealt with otherwise: if its outcome stands, the log keeps that one.
    private Verdict overtaken(Question question) {
        return answered(new Content.Text(wording.say(question.language(), "dialog.overtaken")), null);
    }

    /// An answer that moves nothing.
    private static Verdict answered(Content content, @Nullable String flow) {
        return new Verdict.Answered(Reply.of(content, Source.DIALOG, 1, flow));
    }

    private static boolean isAfter(String id, String last) {
        return id.length() != last.length() ? id.length() > last.length() : id.compareTo(last) > 0;
    }
}
