package io.xiaoer.common.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.RedisKeys;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The scripts by which a log becomes part of another, goes cold or is erased, against a real Redis.
class MovedLogIT extends LogOfAUser {

    private final UserKey guest = person(UserKey.Kind.GUEST);

    @Test
    void aMovedLogKnowsItsRepeatsAndSendsWhatIsNewElsewhere() {
        warm(guest, open("bot", 1));
        var before = idOf(said(guest, "n1"));

        log.markMoved(guest, user, false);
        log.markMoved(guest, user, false);

        assertThat(idOf(said(guest, "n1"))).isEqualTo(before);
        assertThat(said(guest, "n2")).isEqualTo(new AppendOutcome.Moved(user, false));
        assertThat(log.read(guest, "0", 10).messages()).isEmpty();
        assertThat(log.dump(guest))
                .hasValueSatisfying(all -> assertThat(all)
                        .extracting(LogEntry::id, LogEntry::nonce)
                        .containsExactly(org.assertj.core.groups.Tuple.tuple(before, "user:" + guest.id() + ":n1")));
    }

    @Test
    void aSettledMarkLeavesNothingOfTheGuest() {
        warm(guest, open("bot", 1));
        idOf(said(guest, "n1"));
        redis.opsForHash().put(RedisKeys.read(guest), "app", sid + " 1");

        log.markMoved(guest, user, true);

        assertThat(said(guest, "n1")).isEqualTo(new AppendOutcome.Moved(user, true));
        assertThat(redis.hasKey(RedisKeys.chat(guest))).isFalse();
        assertThat(redis.hasKey(RedisKeys.nonces(guest))).isFalse();
        assertThat(redis.hasKey(RedisKeys.read(guest))).isFalse();
        assertThat(redis.keys("cs:*" + guest.tag() + "*"))
                .allSatisfy(key -> assertThat(redis.getExpire(key)).isPositive());
    }

    @Test
    void aQuestionOfAGuestWhoBecameAUserIsNotOvertakenByThat() {
        log.markMoved(guest, user, false);

        assertThat(log.standing(guest, sid, "1", 1)).isEqualTo(ConversationLog.Standing.MOVED);
    }

    @Test
    void aColdGuestIsMarkedAndItsEmptyStreamIsNotTakenForTheWhole() {
        log.markMoved(guest, user, false);

        assertThat(said(guest, "n1")).isEqualTo(new AppendOutcome.Moved(user, false));
        assertThat(log.dump(guest)).isEmpty();
    }

    @Test
    void aRefillThatBeganBeforeTheMarkChangesNothing() {
        String coldness = log.coldness(guest);
        log.markMoved(guest, user, false);

        var late = log.refill(guest, new Filling(coldness, "0", List.of(), open("bot", 1), "0", null));

        assertThat(late).isEqualTo(ConversationLog.Filled.WARM);
        assertThat(said(guest, "n1")).isEqualTo(new AppendOutcome.Moved(user, false));
    }

    @Test
    void aUserWhoWentColdOnPurposeTakesNoRefillThatBeganBefore() {
        String coldness = log.coldness(user);
        log.chill(user, RunningDialog.NONE);

        assertThat(log.refill(user, new Filling(coldness, "0", List.of(), open("bot", 1), "0", null)))
                .isEqualTo(ConversationLog.Filled.CHANGED);
        assertThat(log.refill(user, new Filling(log.coldness(user), "0", List.of(), open("bot", 1), "1", null)))
                .isEqualTo(ConversationLog.Filled.FILLED);
    }

    @Test
    void whatStoodInALogThatWentColdOnPurposeIsThereForItsRefill() {
        warm(user, open("bot", 1));
        var said = idOf(said(user, "n1"));

        log.chill(user, RunningDialog.NONE);
        log.chill(user, RunningDialog.NONE);

        assertThat(said(user, "n1")).isEqualTo(new AppendOutcome.Cold());
        assertThat(log.dump(user))
                .hasValueSatisfying(
                        all -> assertThat(all).extracting(LogEntry::id).containsExactly(said));
        redis.opsForValue().set(RedisKeys.warm(user), "another run");
        log.chill(user, RunningDialog.NONE);
        assertThat(log.dump(user)).isEmpty();
    }

    @Test
    void theGuestsDialogGoesOnInTheUsersLogUnlessALaterOneDoes() {
        warm(guest, open("bot", 1));
        warm(user, open("bot", 1));
        String question = idOf(said(guest, "n1"));
        log.append(moving(guest, question, "{\"step\":2}"));

        var running = log.markMoved(guest, user, false);
        log.chill(user, running);

        assertThat(running).isEqualTo(new RunningDialog("{\"step\":2}", question));
        assertThat(redis.opsForHash().get(RedisKeys.dialog(user), "state")).isEqualTo("{\"step\":2}");
        redis.opsForHash().put(RedisKeys.dialog(user), "question", IDS.next());
        redis.opsForHash().put(RedisKeys.dialog(user), "state", "{\"step\":3}");
        log.chill(user, running);
        assertThat(redis.opsForHash().get(RedisKeys.dialog(user), "state")).isEqualTo("{\"step\":3}");
    }

    @Test
    void aTakenOverSessionIsOfALaterTurnThanNewerOnesThatWereClosed() {
        warm(user, open("bot", 1));
        String newer = IDS.next();
        var takenOver =
                new OpenSession(sid, "bot", 1, null, Instant.now().plusSeconds(60), null, null, IDS.next(), null);

        assertThat(log.writeSession(user, takenOver)).isEqualTo(ConversationLog.SessionWrite.WRITTEN);
        var closed = new OpenSession(newer, "closed", 2, null, Instant.now(), null, null);
        assertThat(log.writeSession(user, closed)).isEqualTo(ConversationLog.SessionWrite.OLDER);
        assertThat(redis.opsForHash().get(RedisKeys.session(user), "sid")).isEqualTo(sid);
    }

    @Test
    void anErasureTakesEveryKeyAndTheAnswersThatComeTooLate() {
        warm(user, open("bot", 1));
        String question = idOf(said(user, "n1"));
        log.append(moving(user, question, "{}"));
        redis.opsForSet().add(RedisKeys.writes(user), "a write");

        String newest = log.erase(user, question);
        assertThat(SnowflakeIds.compare(newest, question)).isPositive();
        assertThat(log.read(user, "0", 10).messages())
                .as("what is not noted stays")
                .hasSize(2);

        assertThat(log.erase(user, newest)).isEqualTo(newest);
        assertThat(log.erase(user, newest)).isEqualTo("0");
        assertThat(redis.keys("cs:*" + user.tag() + "*")).containsExactly(RedisKeys.warm(user));
        assertThat(redis.getExpire(RedisKeys.warm(user))).isBetween(1L, 60L);
        assertThat(said(user, "n2")).isEqualTo(new AppendOutcome.Cold());
        log.refill(user, new Filling(log.coldness(user), "0", List.of(), null, "0", newest));
        assertThat(log.append(moving(user, question, "{}"))).isEqualTo(new AppendOutcome.Erased());
        assertThat(log.read(user, "0", 10).messages()).isEmpty();
    }

    private AppendOutcome said(UserKey whose, String nonce) {
        var shopper = new Sender(Role.USER, whose.id(), null);
        return log.append(Append.said(whose, shopper, nonce, sid, new Content.Text("hi"), true));
    }

    private static String idOf(AppendOutcome outcome) {
        return stored(outcome).message().id();
    }
}
