package io.xiaoer.common.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.redis.LuaScript;
import io.xiaoer.common.redis.RedisKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A log of which something may be missing is cold until it is filled again, and none stays for ever.
class ColdLogIT extends LogOfAUser {

    @Test
    void aUserWhomThisRedisNeverKnewIsColdAndNothingChanges() {
        assertThat(log.append(said("n1", "hi"))).isEqualTo(new AppendOutcome.Cold());
        assertThat(log.read(user, "0", 10).cold()).isTrue();
        assertThat(log.writeSession(user, open("bot", 1))).isEqualTo(ConversationLog.SessionWrite.COLD);
        assertThat(redis.keys("cs:*" + user.tag() + "*")).isEmpty();
    }

    @Test
    void aFlushedRedisIsColdUntilTheArchiveRefillsItOnce() {
        warm(open("bot", 1));
        var kept = stored(log.append(said("n1", "hi")));
        redis.delete(redis.keys("cs:*" + user.tag() + "*"));
        assertThat(log.append(said("n1", "hi"))).isEqualTo(new AppendOutcome.Cold());

        assertThat(log.refill(user, "0", List.of(entryOf(kept)), open("bot", 1)))
                .isTrue();
        assertThat(log.refill(user, "0", List.of(), null)).isFalse();

        assertThat(stored(log.append(said("n1", "hi"))).message()).isEqualTo(kept.message());
        assertThat(log.read(user, "0", 10).messages()).containsExactly(kept.message());
    }

    @Test
    void anotherRedisThanTheOneThatWasFilledIsCold() {
        warm(open("bot", 1));
        redis.opsForValue().set(RedisKeys.warm(user), "0123456789012345678901234567890123456789");

        assertThat(log.append(said("n1", "hi"))).isEqualTo(new AppendOutcome.Cold());
    }

    @Test
    void theBotAnswersNoQuestionThatRedisLostBeforeItWasDurable() {
        warm(open("bot", 1));
        var durable = stored(log.append(said("n1", "durable")));
        String lost = stored(log.append(said("n2", "not durable"))).message().id();
        redis.delete(
                List.of(RedisKeys.chat(user), RedisKeys.nonces(user), RedisKeys.session(user), RedisKeys.warm(user)));
        log.refill(user, "0", List.of(entryOf(durable)), open("bot", 1));

        assertThat(log.append(reply(lost, 1, "to nobody"))).isEqualTo(new AppendOutcome.Erased());
        String again = stored(log.append(said("n2", "not durable"))).message().id();
        assertThat(log.append(reply(lost, 1, "to nobody"))).isEqualTo(new AppendOutcome.Erased());
        stored(log.append(reply(durable.message().id(), 1, "here")));
        stored(log.append(reply(again, 1, "and here")));
        assertThat(log.read(user, "0", 10).messages()).hasSize(4);
    }

    @Test
    void everyKeyOfAUserHasAnEnd() {
        warm(open("bot", 1));
        var question = stored(log.append(said("n1", "a"))).message();
        LuaScript.strings("presence/register_connection")
                .run(
                        redis,
                        List.of(
                                RedisKeys.online(user),
                                RedisKeys.chat(user),
                                RedisKeys.warm(user),
                                RedisKeys.session(user),
                                RedisKeys.read(user)),
                        "c",
                        "n",
                        "web",
                        "60000",
                        "90000");
        LuaScript.number("presence/mark_read")
                .run(
                        redis,
                        List.of(RedisKeys.online(user), RedisKeys.read(user), RedisKeys.chat(user)),
                        "web",
                        "7",
                        question.id(),
                        "60000",
                        "f",
                        "{}",
                        "90000");
        stored(log.append(moving(question.id(), "{}")));

        assertThat(redis.keys("cs:*" + user.tag() + "*"))
                .hasSizeGreaterThanOrEqualTo(7)
                .allSatisfy(key -> assertThat(redis.getExpire(key)).isPositive());
    }

    @Test
    void theKeysOfALogAreRenewedTogetherOnceAHundredthOfTheirTimeIsGone() {
        warm(open("bot", 1));
        var question = stored(log.append(said("n1", "a"))).message();
        stored(log.append(moving(question.id(), "{}")));
        var life = LogLimits.CONTRACT.life();
        var ofTheLog = List.of(
                RedisKeys.warm(user),
                RedisKeys.chat(user),
                RedisKeys.nonces(user),
                RedisKeys.session(user),
                RedisKeys.dialog(user));
        var used = life.minus(life.dividedBy(50));
        ofTheLog.forEach(key -> redis.expire(key, used));

        stored(log.append(said("n2", "b")));

        assertThat(ofTheLog)
                .allSatisfy(key -> assertThat(redis.getExpire(key))
                        .isGreaterThan(life.minusHours(1).toSeconds()));
        ofTheLog.forEach(key -> redis.expire(key, life.minusHours(1)));

        stored(log.append(said("n3", "c")));

        assertThat(ofTheLog)
                .allSatisfy(key -> assertThat(redis.getExpire(key))
                        .isLessThanOrEqualTo(life.minusHours(1).toSeconds()));
    }
}
