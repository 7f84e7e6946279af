package io.xiaoer.common.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.redis.RedisKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A message in the log is stored once, in order and within the limits, and is found again.
class StoredMessagesIT extends LogOfAUser {

    @Test
    void aMessageIsStoredOnceHoweverOftenItIsSent() {
        warm(open("bot", 1));

        var first = stored(log.append(said("n1", "hi")));
        var second = stored(log.append(said("n1", "hi")));

        assertThat(first.duplicate()).isFalse();
        assertThat(second.duplicate()).isTrue();
        assertThat(second.message()).isEqualTo(first.message());
        assertThat(log.append(said("n1", "other")))
                .isEqualTo(new AppendOutcome.Conflict(first.message().id()));
        assertThat(log.read(user, "0", 10).messages()).containsExactly(first.message());
    }

    @Test
    void aRepeatIsRecognisedAfterTheSessionWasClosed() {
        warm(open("bot", 1));
        var first = stored(log.append(said("n1", "hi")));
        log.writeSession(user, open("closed", 2));

        assertThat(stored(log.append(said("n1", "hi"))).message()).isEqualTo(first.message());
        assertThat(log.append(said("n2", "more"))).isEqualTo(new AppendOutcome.Closed());
    }

    @Test
    void aRepetitionIsKnownByWhatItsSenderGaveWhateverListsSayByThen() {
        warm(open("bot", 1));
        var masked = said("n1", "a bad word").masked(new Content.Text("a *** word"), List.of("abuse"), false);

        var first = stored(log.append(masked));
        var plain = stored(log.append(said("n1", "a bad word")));
        var refused = stored(log.append(said("n1", "a bad word").masked(new Content.Text("*"), List.of(), true)));

        assertThat(first.message().message().content()).isEqualTo(new Content.Text("a *** word"));
        assertThat(first.message().message().flags()).containsExactly("abuse");
        assertThat(plain.duplicate()).isTrue();
        assertThat(refused.duplicate()).isTrue();
        assertThat(refused.message()).isEqualTo(first.message());
        assertThat(log.append(said("n1", "a *** word"))).isInstanceOf(AppendOutcome.Conflict.class);
        assertThat(log.read(user, "0", 10).messages()).hasSize(1);
    }

    @Test
    void eachMessageNamesTheOneBeforeItAndIdsGrow() {
        warm(open("bot", 1));
        var sent = new ArrayList<MessageResource>();
        for (int i = 0; i < 20; i++) {
            sent.add(stored(log.append(said("n" + i, "text " + i))).message());
        }

        assertThat(sent.getFirst().prev()).isEqualTo("0");
        for (int i = 1; i < sent.size(); i++) {
            assertThat(sent.get(i).prev()).isEqualTo(sent.get(i - 1).id());
            assertThat(SnowflakeIds.compare(sent.get(i).id(), sent.get(i - 1).id()))
                    .isPositive();
        }
        var slice = log.read(user, sent.get(4).id(), 10);
        assertThat(slice.messages()).isEqualTo(sent.subList(5, 15));
        assertThat(slice.last()).isEqualTo(sent.getLast().id());
        assertThat(slice.gap()).isFalse();
    }

    @Test
    void anIdBelowTheLastOneBecomesTheNextEvenBeyondWhatADoubleHolds() {
        String high = "9199999999999999999";
        warm(open("bot", 1), new LogEntry(high, "user:x:old", "h", body("old")));

        var next = stored(log.append(said("n1", "hi"))).message();

        assertThat(next.id()).isEqualTo("9200000000000000000");
        assertThat(next.prev()).isEqualTo(high);
    }

    @Test
    void whatStandsBeforeAMessageIsReadNewestFirst() {
        assertThat(log.readBefore(user, "9", 10)).isEmpty();
        warm(open("bot", 1));
        var said = List.of("a", "b", "c").stream()
                .map(text -> stored(log.append(said("n-" + text, text))).message())
                .toList();

        var before = log.readBefore(user, said.get(2).id(), 10);

        assertThat(before)
                .extracting(MessageResource::id)
                .containsExactly(said.get(1).id(), said.get(0).id());
        assertThat(before.getFirst().message().content()).isEqualTo(new Content.Text("b"));
        assertThat(log.readBefore(user, said.get(2).id(), 1)).hasSize(1);
    }

    @Test
    void theLimitCountsAllMessagesOfTheWindowAndRefusalsChangeNothing() {
        var limits = new LogLimits(
                500, Duration.ofDays(7), Duration.ofHours(24), Duration.ofSeconds(90), 3, Duration.ofSeconds(60));
        log = logOf(limits);
        warm(open("bot", 1));
        for (int i = 0; i < 3; i++) {
            stored(log.append(said("n" + i, "x")));
        }

        var refused = log.append(said("n9", "x"));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        AppendOutcome.Limited.class,
                        limited -> assertThat(limited.retryAfter())
                                .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60)));
        assertThat(stored(log.append(said("n1", "x"))).duplicate()).isTrue();
        assertThat(log.read(user, "0", 10).messages()).hasSize(3);
    }

    @Test
    void whatIsRefusedIsNotStoredAndCountsAgainstTheLimit() {
        warm(open("bot", 1));
        var refused = said("n1", "bad").masked(new Content.Text("***"), List.of(), true);

        for (int i = 0; i < LogLimits.CONTRACT.messages(); i++) {
            assertThat(log.append(refused)).isEqualTo(new AppendOutcome.Refused());
        }

        assertThat(log.append(refused)).isInstanceOf(AppendOutcome.Limited.class);
        assertThat(log.read(user, "0", 10).messages()).isEmpty();
        assertThat(redis.hasKey(RedisKeys.nonces(user))).isFalse();
    }

    @Test
    void theOldestMessagesGoWithTheirNoncesAndTheGapIsTold() {
        var limits = new LogLimits(
                5, Duration.ofDays(7), Duration.ofHours(24), Duration.ofSeconds(90), 60, Duration.ofSeconds(60));
        log = logOf(limits);
        warm(open("bot", 1));
        var sent = new ArrayList<MessageResource>();
        for (int i = 0; i < 9; i++) {
            sent.add(stored(log.append(said("n" + i, "x"))).message());
        }

        var slice = log.read(user, "0", 10);

        assertThat(slice.messages()).isEqualTo(sent.subList(4, 9));
        assertThat(slice.gap()).isTrue();
        assertThat(log.read(user, sent.get(3).id(), 10).gap()).isFalse();
        assertThat(redis.opsForHash().size(RedisKeys.nonces(user))).isEqualTo(5);
    }

    @Test
    void whatIsPastItsTimeGoesWithItsNonceSomeOfItEachTime() {
        warm(open("bot", 1));
        for (int i = 0; i < 10; i++) {
            stored(log.append(said("n" + i, "x")));
        }
        var later = Clock.offset(CLOCK, LogLimits.CONTRACT.life().plusDays(1));
        var laterLog = new ConversationLog(redis, new SnowflakeIds(6, later), later, LogLimits.CONTRACT);

        stored(laterLog.append(said("m0", "x")));
        assertThat(redis.opsForHash().keys(RedisKeys.nonces(user))).hasSize(3);
        stored(laterLog.append(said("m1", "x")));

        assertThat(laterLog.read(user, "0", 20).messages()).hasSize(2);
        assertThat(redis.opsForHash().size(RedisKeys.nonces(user))).isEqualTo(2);
    }

    private String body(String text) {
        return new Message("", sid, shopper(), Instant.EPOCH, new Content.Text(text), null, null).body();
    }
}
