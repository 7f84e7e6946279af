package io.xiaoer.bot.dialog.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.bot.decide.Listener;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Voice;
import io.xiaoer.bot.words.WordFilter;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.LuaScript;
import io.xiaoer.common.redis.RedisKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.scheduling.annotation.Scheduled;

/// Speaks once into the silence of a shopper whose dialog says so (`on.silence`).
///
/// | key | type | meaning | who deletes |
/// |---|---|---|---|
/// | `cs:silence` | sorted set | tag of a user → when their silence is broken, ms | the reply that ends the dialog;
/// whoever
/// breaks it; whoever finds that there is nothing to say any more |
///
/// The time stands in Redis, beside the dialog itself, and any instance breaks a silence that is due: it
/// claims it for a while, and speaks under a nonce of the question that was answered last, so that two
/// who do so say it once.
///
/// Not guaranteed: that it is broken at all. A process that dies between a reply and noting its time, or an emptied
/// Redis, leaves it unbroken.
public final class Silences implements Listener {

    private static final Logger LOGGER = LoggerFactory.getLogger(Silences.class);
    private static final Duration CLAIM = Duration.ofSeconds(30);
    private static final int AT_ONCE = 100;
    private static final int MOST_READ = 20;
    private static final List<Object> DIALOG = List.of("state", "question");
    private static final List<Object> SESSION = List.of("sid", "owner", "number");
    private static final LuaScript<List<String>> CLAIM_DUE = LuaScript.strings("dialog/claim_silences");
    private static final LuaScript<Long> SETTLE = LuaScript.number("dialog/settle_silence");

    private final StringRedisTemplate redis;
    private final ReactiveStringRedisTemplate async;
    private final ConversationLog log;
    private final Engine engine;
    private final Voice voice;
    private final WordFilter words;
    private final Clock clock;
    private final Counter broken;

    public Silences(
            StringRedisTemplate redis,
            ReactiveStringRedisTemplate async,
            ConversationLog log,
            Engine engine,
            Voice voice,
            WordFilter words,
            MeterRegistry registry,
            Clock clock) {
        this.redis = redis;
        this.async = async;
        this.log = log;
        this.engine = engine;
        this.voice = voice;
        this.words = words;
        this.clock = clock;
        this.broken = Counter.builder("xiaoer.bot.dialog.silences")
                .description("Silences of shoppers that a dialog broke")
                .register(registry);
    }

    @Override
    public void answered(Question question, Reply reply) {
        var move = reply.dialog();
        if (move == null) {
            return;
        }
        var state = move.state() == null ? null : DialogState.parse(move.state());
        var after = state == null ? null : engine.speaksAfter(state, question.shop());
        var times = async.opsForZSet();
        String tag = question.user().tag();
        if (state != null && after != null) {
            times.add(RedisKeys.SILENCES, tag, state.at() + after.toMillis()).subscribe(done -> {}, Silences::lost);
        } else if (state == null) {
            times.remove(RedisKeys.SILENCES, tag).subscribe(done -> {}, Silences::lost);
        }
    }

    @Override
    public void handedOff(Question question, String reason) {
        // Under another ownership number there is nothing to say.
    }

    /// Takes one batch a turn, and ends it when something is away: whoever is left is due again when the claim is over.
    @Scheduled(fixedDelayString = "${xiaoer.bot.silences:PT1S}")
    void breakThoseThatAreDue() {
        try {
            long again = clock.millis() + CLAIM.toMillis();
            var due = CLAIM_DUE.run(
                    redis,
                    List.of(RedisKeys.SILENCES),
                    Long.toString(clock.millis()),
                    Long.toString(again),
                    Integer.toString(AT_ONCE));
            for (String tag : due) {
                if (!isSettled(tag)) {
                    return;
                }
                SETTLE.run(redis, List.of(RedisKeys.SILENCES), tag, Long.toString(again));
            }
        } catch (DataAccessException e) {
            lost(e);
        }
    }

    /// Speaks, if there still is silence.
    ///
    /// @return whether nothing is left to do; false if it is not known whether the words are durable
    private boolean isSettled(String tag) {
        try {
            return isSettled(UserKey.parse(tag));
        } catch (IllegalArgumentException e) {
            LOGGER.atWarn().setCause(e).log("A silence is nobody's and is forgotten");
            return true;
        }
    }

    private boolean isSettled(UserKey user) {
        var stored = redis.opsForHash().multiGet(RedisKeys.dialog(user), DIALOG);
        var state = stored.get(0) instanceof String json ? DialogState.parse(json) : null;
        if (state == null || !(stored.get(1) instanceof String question)) {
            return true;
        }
        String text = engine.intoSilence(state, user, question);
        if (text == null || !isSilent(user, question) || !isTheBots(user, state)) {
            return true;
        }
        var append = new Append(
                user,
                Sender.BOT,
                "silence:" + question,
                state.session(),
                new Content.Text(words.mask(user.shop(), text)),
                null,
                null,
                state.number(),
                false,
                null);
        return switch (voice.say(append)) {
            case STANDING -> {
                broken.increment();
                yield true;
            }
            case REFUSED -> true;
            case UNKNOWN -> false;
        };
    }

    /// Whether nobody but the bot has said anything since a question.
    private boolean isSilent(UserKey user, String question) {
        var since = log.read(user, question, MOST_READ);
        return !since.cold()
                && since.messages().size() < MOST_READ
                && since.messages().stream()
                        .allMatch(each -> each.message().from().role() == Role.BOT);
    }

    private boolean isTheBots(UserKey user, DialogState state) {
        var open = redis.opsForHash().multiGet(RedisKeys.session(user), SESSION);
        return state.session().equals(open.get(0))
                && "bot".equals(open.get(1))
                && Long.toString(state.number()).equals(open.get(2));
    }

    private static void lost(Throwable cause) {
        LOGGER.atDebug().setCause(cause).log("The time of a silence is not noted, or not looked at now");
    }
}
