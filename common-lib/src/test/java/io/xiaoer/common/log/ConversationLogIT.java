package io.xiaoer.common.log;

import static io.xiaoer.common.testing.ServerKind.REDIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Answer;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.LuaScript;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.WithServers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/// The log's scripts against a real Redis: first call, repeat, missing key, expiry.
@WithServers(REDIS)
class ConversationLogIT {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final SnowflakeIds IDS = new SnowflakeIds(5, CLOCK);

    private static LettuceConnectionFactory connections;
    private static StringRedisTemplate redis;

    private final String sid = IDS.next();
    private UserKey user;
    private ConversationLog log;

    @BeforeAll
    static void connect() {
        connections =
                new LettuceConnectionFactory(LettuceConnectionFactory.createRedisConfiguration(RealServers.redisUrl()));
        connections.start();
        redis = new StringRedisTemplate(connections);
    }

    @AfterAll
    static void disconnect() {
        connections.destroy();
    }

    @BeforeEach
    void freshUser() {
        user = new UserKey(
                new ShopId("1001"), UserKey.Kind.USER, UUID.randomUUID().toString());
        log = logOf(LogLimits.CONTRACT);
    }

    @Test
    void aUserWhomThisRedisNeverKnewIsColdAndNothingChanges() {
        assertThat(log.append(said("n1", "hi"))).isEqualTo(new AppendOutcome.Cold());
        assertThat(log.read(user, "0", 10).cold()).isTrue();
        assertThat(log.writeSession(user, open("bot", 1))).isEqualTo(ConversationLog.SessionWrite.COLD);
        assertThat(redis.keys("cs:*" + user.tag() + "*")).isEmpty();
    }

    @Test
    void aQuestionStandsOpenUntilItsOutcomeIsThereOrTheSessionIsAnothers() {
        assertThat(log.standing(user, sid, "1", 1)).isEqualTo(ConversationLog.Standing.UNKNOWN);
        warm(open("bot", 1));
        String question = stored(log.append(said("n1", "hi"))).message().id();

        assertThat(log.standing(user, sid, question, 1)).isEqualTo(ConversationLog.Standing.OPEN);
        assertThat(log.standing(user, IDS.next(), question, 1)).isEqualTo(ConversationLog.Standing.OVERTAKEN);
        log.writeSession(user, open("queue", 2));
        assertThat(log.standing(user, sid, question, 1)).isEqualTo(ConversationLog.Standing.OVERTAKEN);
        log.writeSession(user, open("bot", 3));
        assertThat(log.standing(user, sid, question, 1)).isEqualTo(ConversationLog.Standing.OVERTAKEN);
        assertThat(log.standing(user, sid, question, 3)).isEqualTo(ConversationLog.Standing.OPEN);
        log.append(
                Append.notice(user, Append.replyNonce(question), sid, new Content.Notice("overdue", "late"), question));
        assertThat(log.standing(user, sid, question, 3)).isEqualTo(ConversationLog.Standing.OVERTAKEN);
    }

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
    void theBotAnswersNoQuestionThatRedisLostBeforeItWasDurable() {
        warm(open("bot", 1));
        var durable = stored(log.append(said("n1", "durable")));
        String lost = stored(log.append(said("n2", "not durable"))).message().id();
        redis.delete(
                List.of(RedisKeys.chat(user), RedisKeys.nonces(user), RedisKeys.session(user), RedisKeys.warm(user)));
        log.refill(
                user,
                "0",
                List.of(new LogEntry(
                        durable.message().id(),
                        durable.nonce(),
                        durable.hash(),
                        durable.message().body())),
                open("bot", 1));

        assertThat(log.append(reply(lost, 1, "to nobody"))).isEqualTo(new AppendOutcome.Erased());
        String again = stored(log.append(said("n2", "not durable"))).message().id();
        assertThat(log.append(reply(lost, 1, "to nobody"))).isEqualTo(new AppendOutcome.Erased());
        stored(log.append(reply(durable.message().id(), 1, "here")));
        stored(log.append(reply(again, 1, "and here")));
        assertThat(log.read(user, "0", 10).messages()).hasSize(4);
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
    void aReplyUnderAStaleNumberGivesWayToANotice() {
        warm(open("bot", 1));
        var question = stored(log.append(said("n1", "where is it"))).message();
        log.writeSession(user, open("queue", 2));

        var outcome = log.append(reply(question.id(), 1, "here you are"));
        var again = log.append(reply(question.id(), 1, "here you are"));

        assertThat(outcome).isInstanceOfSatisfying(AppendOutcome.Fenced.class, fenced -> {
            Message notice = Objects.requireNonNull(fenced.notice()).message();
            assertThat(notice.from()).isEqualTo(Sender.SYSTEM);
            assertThat(notice.replyTo()).isEqualTo(question.id());
            assertThat(notice.content())
                    .isEqualTo(new Content.Notice("handed_off", "A person is taking over from here."));
        });
        assertThat(stored(again).duplicate()).isTrue();
        assertThat(log.read(user, "0", 10).messages()).hasSize(2);
        assertThat(redis.opsForList().size(RedisKeys.drafts(user))).isEqualTo(1);
    }

    @Test
    void aQuestionStaysOneWhoeverOwnsTheSessionWhenItComesAgain() {
        warm(open("bot", 3));
        var question = stored(log.append(said("n1", "where is it")));
        assertThat(question.asked()).isEqualTo(3);
        log.writeSession(user, held("anna", 4));
        var told = stored(log.append(said("n2", "hello Anna")));
        assertThat(told.asked()).isNull();

        assertThat(stored(log.append(said("n1", "where is it"))).asked()).isEqualTo(3);
        assertThat(log.append(said("n1", "other"))).isInstanceOf(AppendOutcome.Conflict.class);
        log.writeSession(user, open("bot", 5));
        assertThat(stored(log.append(said("n2", "hello Anna"))).asked()).isNull();

        redis.delete(redis.keys("cs:*" + user.tag() + "*"));
        warm(held("anna", 6), entryOf(question), entryOf(told));
        assertThat(stored(log.append(said("n1", "where is it"))).asked()).isEqualTo(3);
        assertThat(stored(log.append(said("n2", "hello Anna"))).asked()).isNull();
    }

    private static LogEntry entryOf(AppendOutcome.Stored stored) {
        return new LogEntry(
                stored.message().id(),
                stored.nonce(),
                stored.hash(),
                stored.message().body());
    }

    @Test
    void aQuestionHasOneOutcomeWhoeverSpeaksFirst() {
        warm(open("bot", 1));
        var question = stored(log.append(said("n1", "where is it"))).message();
        var late = new Content.Notice("late", "sorry");
        var notice = stored(log.append(Append.notice(user, Append.replyNonce(question.id()), sid, late, question.id())))
                .message();

        var reply = stored(log.append(reply(question.id(), 1, "here")));

        assertThat(reply.duplicate()).isTrue();
        assertThat(reply.message()).isEqualTo(notice);
    }

    @Test
    void aDialogMovesExactlyWhenItsReplyIsStoredAndNeverBackwards() {
        warm(open("bot", 1));
        var first = stored(log.append(said("n1", "a"))).message();
        var second = stored(log.append(said("n2", "b"))).message();

        stored(log.append(moving(second.id(), "{\"step\":2}")));
        stored(log.append(moving(first.id(), "{\"step\":1}")));

        assertThat(redis.opsForHash().get(RedisKeys.dialog(user), "state")).isEqualTo("{\"step\":2}");
    }

    @Test
    void anAgentSpeaksOnlyInASessionThatTheyHold() {
        warm(new OpenSession(sid, "agent", 2, "anna", Instant.now().plusSeconds(60), null, null));
        var anna = new Sender(Role.AGENT, "anna", "Anna");
        var bob = new Sender(Role.AGENT, "bob", "Bob");
        var text = new Content.Text("hello");

        assertThat(log.append(Append.said(user, bob, "b1", sid, text, false))).isEqualTo(new AppendOutcome.Forbidden());
        stored(log.append(Append.said(user, anna, "a1", sid, text, false)));
    }

    @Test
    void whatAnAgentSaysTooLateBecomesADraftOnce() {
        warm(open("queue", 2));
        log.writeSession(user, held("anna", 3));
        log.writeSession(user, held("bob", 4));
        var anna = new Sender(Role.AGENT, "anna", "Anna");
        var bob = new Sender(Role.AGENT, "bob", "Bob");
        var late = Append.said(user, anna, "a1", sid, new Content.Text("one moment"), false);

        assertThat(log.append(late)).isInstanceOf(AppendOutcome.Fenced.class);
        assertThat(log.append(late)).isInstanceOf(AppendOutcome.Fenced.class);
        assertThat(log.append(Append.said(user, bob, "b1", sid, new Content.Text("old"), false)
                        .under(3L)))
                .isInstanceOf(AppendOutcome.Fenced.class);
        stored(log.append(Append.said(user, bob, "b2", sid, new Content.Text("new"), false)
                .under(4L)));

        assertThat(drafts()).extracting(Message::from).containsExactly(bob, anna);
        assertThat(log.drafts(user)).extracting(LogEntry::nonce).containsExactly("agent:bob:b1", "agent:anna:a1");
        assertThat(drafts().getLast().content()).isEqualTo(new Content.Text("one moment"));
        assertThat(drafts().getLast().sessionId()).isEqualTo(sid);
        assertThat(log.read(user, "0", 10).messages()).hasSize(1);
    }

    @Test
    void whoeverHoldsASessionOwesAnAnswerUntilTheySpeak() {
        warm(open("queue", 2));
        log.writeSession(user, held("anna", 3));
        var anna = new Sender(Role.AGENT, "anna", "Anna");
        assertThat(owes()).isTrue();

        stored(log.append(Append.said(user, anna, "a1", sid, new Content.Text("hello"), false)));
        assertThat(owes()).isFalse();
        log.writeSession(user, held("anna", 3));
        assertThat(owes()).isFalse();
        stored(log.append(said("n1", "hi")));
        assertThat(owes()).isTrue();
        log.writeSession(user, open("bot", 4));
        assertThat(owes()).isFalse();
        stored(log.append(said("n2", "hi")));
        assertThat(owes()).isFalse();
    }

    @Test
    void theNextSessionKnowsNothingOfWhoHeldTheLastOne() {
        warm(open("queue", 2));
        log.writeSession(user, held("anna", 3));
        log.writeSession(user, open("closed", 4));
        String next = IDS.next();
        log.writeSession(
                user, new OpenSession(next, "bot", 1, null, Instant.now().plusSeconds(60), null, null));
        var anna = new Sender(Role.AGENT, "anna", "Anna");

        assertThat(log.append(Append.said(user, anna, "a1", next, new Content.Text("hello"), false)))
                .isEqualTo(new AppendOutcome.Forbidden());
        assertThat(log.drafts(user)).isEmpty();
    }

    @Test
    void theBotDoesNotSpeakWhileAnybodyElseOwnsTheSession() {
        warm(held("anna", 1));

        assertThat(log.append(reply("7", 1, "here"))).isInstanceOf(AppendOutcome.Fenced.class);
        assertThat(drafts()).extracting(Message::from).containsExactly(Sender.BOT);
        assertThat(drafts().getFirst().replyTo()).isEqualTo("7");
    }

    private List<Message> drafts() {
        return log.drafts(user).stream()
                .map(draft -> Message.of(draft.id(), draft.body()))
                .toList();
    }

    private OpenSession held(String agent, long number) {
        return new OpenSession(sid, "agent", number, agent, Instant.now().plusSeconds(3600), null, null);
    }

    private boolean owes() {
        return redis.opsForHash().hasKey(RedisKeys.session(user), "unanswered");
    }

    @Test
    void aSessionPastItsEndOrOfAnotherIdIsClosed() {
        warm(new OpenSession(sid, "bot", 1, null, Instant.now().minusSeconds(1), null, null));
        assertThat(log.append(said("n1", "hi"))).isEqualTo(new AppendOutcome.Closed());

        log.writeSession(user, open("bot", 2));
        var elsewhere = Append.said(user, shopper(), "n2", IDS.next(), new Content.Text("hi"), true);
        assertThat(log.append(elsewhere)).isEqualTo(new AppendOutcome.Closed());
    }

    @Test
    void aSessionIsWrittenOnlyUpward() {
        warm(open("bot", 3));

        assertThat(log.writeSession(user, open("agent", 2))).isEqualTo(ConversationLog.SessionWrite.OLDER);
        assertThat(log.writeSession(user, open("closed", 4))).isEqualTo(ConversationLog.SessionWrite.WRITTEN);
        assertThat(log.writeSession(user, open("bot", 3))).isEqualTo(ConversationLog.SessionWrite.OLDER);
        assertThat(redis.opsForHash().get(RedisKeys.session(user), "sid")).isEqualTo("none");
        var newer = new OpenSession(IDS.next(), "bot", 1, null, Instant.now().plusSeconds(60), "zh", "W1");
        assertThat(log.writeSession(user, newer)).isEqualTo(ConversationLog.SessionWrite.WRITTEN);
    }

    @Test
    void aFlushedRedisIsColdUntilTheArchiveRefillsItOnce() {
        warm(open("bot", 1));
        var kept = stored(log.append(said("n1", "hi")));
        redis.delete(redis.keys("cs:*" + user.tag() + "*"));
        assertThat(log.append(said("n1", "hi"))).isEqualTo(new AppendOutcome.Cold());

        var entry = new LogEntry(
                kept.message().id(), kept.nonce(), kept.hash(), kept.message().body());
        assertThat(log.refill(user, "0", List.of(entry), open("bot", 1))).isTrue();
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
                        "90000");
        stored(log.append(moving(question.id(), "{}")));

        assertThat(redis.keys("cs:*" + user.tag() + "*"))
                .hasSizeGreaterThanOrEqualTo(7)
                .allSatisfy(key -> assertThat(redis.getExpire(key)).isPositive());
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

    private ConversationLog logOf(LogLimits limits) {
        return new ConversationLog(redis, IDS, CLOCK, limits);
    }

    private void warm(OpenSession session, LogEntry... entries) {
        assertThat(log.refill(user, "0", List.of(entries), session)).isTrue();
    }

    private OpenSession open(String owner, long number) {
        return new OpenSession(sid, owner, number, null, Instant.now().plusSeconds(3600), "zh", null);
    }

    private Sender shopper() {
        return new Sender(Role.USER, user.id(), null);
    }

    private Append said(String nonce, String text) {
        return Append.said(user, shopper(), nonce, sid, new Content.Text(text), true);
    }

    private Append reply(String question, long number, String text) {
        return Append.reply(user, sid, question, number, new Content.Text(text), answer());
    }

    private Append moving(String question, String state) {
        return new Append(
                user,
                Sender.BOT,
                Append.replyNonce(question),
                sid,
                new Content.Text("ok"),
                question,
                answer(),
                1L,
                false,
                new Append.DialogMove(state));
    }

    private static Answer answer() {
        return new Answer("faq", 1, 1, null, null, null);
    }

    private String body(String text) {
        return new Message("", sid, shopper(), Instant.EPOCH, new Content.Text(text), null, null).body();
    }

    private static AppendOutcome.Stored stored(AppendOutcome outcome) {
        assertThat(outcome).isInstanceOf(AppendOutcome.Stored.class);
        return (AppendOutcome.Stored) outcome;
    }
}
