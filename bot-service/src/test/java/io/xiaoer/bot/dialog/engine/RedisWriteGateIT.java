package io.xiaoer.bot.dialog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.RunningBot;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.dialog.engine.WriteGate.Admission;
import io.xiaoer.bot.dialog.function.FunctionSpec;
import io.xiaoer.bot.dialog.function.Functions;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.OpenSession;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.redis.RedisKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What stands before a write: whose the session is, and how many there were today. The function is one that a shopper
/// gets once a day.
class RedisWriteGateIT extends RunningBot {

    @Autowired
    private Functions functions;

    private final UserKey shopper =
            new UserKey(new ShopId("gate"), UserKey.Kind.USER, UUID.randomUUID().toString());
    private String sid = "";
    private FunctionSpec coupon;
    private RedisWriteGate gate;

    @BeforeEach
    void openSession() {
        sid = ids.next();
        coupon = Objects.requireNonNull(functions.catalogue().get("coupon.issue"));
        gate = new RedisWriteGate(redis, log, Clock.systemUTC());
        log.refill(shopper, "0", List.of(), session("bot", 1, Duration.ofHours(1)));
    }

    private OpenSession session(String owner, long number, Duration left) {
        return new OpenSession(sid, owner, number, null, Instant.now().plus(left), "zh", null);
    }

    private Question question() {
        return new Question(ids.next(), shopper, sid, 1, new Content.Text("yes"), Language.ZH, null, Instant.now());
    }

    @Test
    void aKeyIsCountedOnceAndAnotherIsOneTooMany() {
        var question = question();

        assertThat(gate.admit(question, coupon, "k1")).isEqualTo(Admission.ADMITTED);
        assertThat(gate.admit(question, coupon, "k1")).isEqualTo(Admission.ADMITTED);
        assertThat(gate.admit(question(), coupon, "k2")).isEqualTo(Admission.TOO_MANY);
        assertThat(redis.getExpire(RedisKeys.writes(shopper)))
                .isBetween(1L, Duration.ofDays(2).toSeconds());
    }

    @Test
    void whatWasGivenBackMayBeTakenAgain() {
        var question = question();
        gate.admit(question, coupon, "k1");

        gate.giveBack(question, coupon, "k1");
        gate.giveBack(question, coupon, "k1");

        assertThat(redis.hasKey(RedisKeys.writes(shopper))).isFalse();
        assertThat(gate.admit(question(), coupon, "k2")).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void anotherDayBeginsAnewAndDropsWhatWasBefore() {
        gate.admit(question(), coupon, "k1");
        var tomorrow = new RedisWriteGate(redis, log, Clock.offset(Clock.systemUTC(), Duration.ofDays(1)));

        assertThat(tomorrow.admit(question(), coupon, "k2")).isEqualTo(Admission.ADMITTED);
        assertThat(redis.opsForSet().size(RedisKeys.writes(shopper))).isEqualTo(1);
    }

    @Test
    void anErasedShopperHasNoCount() {
        gate.admit(question(), coupon, "k1");

        log.erase(shopper, Long.toString(Long.MAX_VALUE));

        assertThat(redis.hasKey(RedisKeys.writes(shopper))).isFalse();
    }

    @Test
    void aSessionThatIsAnothersOrOverAdmitsNothing() {
        var question = question();
        log.writeSession(shopper, session("queue", 2, Duration.ofHours(1)));
        assertThat(gate.admit(question, coupon, "k1")).isEqualTo(Admission.OVERTAKEN);

        log.writeSession(shopper, session("bot", 3, Duration.ofHours(1)));
        assertThat(gate.admit(question, coupon, "k1"))
                .as("a person held it since")
                .isEqualTo(Admission.OVERTAKEN);
        log.writeSession(shopper, session("closed", 4, Duration.ZERO));
        assertThat(gate.admit(question, coupon, "k1")).isEqualTo(Admission.OVERTAKEN);
        assertThat(redis.hasKey(RedisKeys.writes(shopper))).isFalse();
    }

    @Test
    void aQuestionWithItsOutcomeAdmitsNothing() {
        var question = question();
        log.append(Append.notice(
                shopper, Append.replyNonce(question.id()), sid, new Content.Notice("overdue", "late"), question.id()));

        assertThat(gate.admit(question, coupon, "k1")).isEqualTo(Admission.OVERTAKEN);
        assertThat(gate.admit(question(), coupon, "k1")).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void whomRedisDoesNotKnowIsNotKnownToBeTheBots() {
        redis.delete(RedisKeys.warm(shopper));

        assertThat(gate.admit(question(), coupon, "k1")).isEqualTo(Admission.UNKNOWN);
    }
}
