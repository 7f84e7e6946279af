package io.xiaoer.common.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.RedisKeys;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Who may speak in a session, and what becomes of what comes too late.
class SessionFenceIT extends LogOfAUser {

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

    @Test
    void aSessionPastItsEndOrOfAnotherIdIsClosed() {
        warm(new OpenSession(sid, "bot", 1, null, Instant.now().minusSeconds(1), null, null));
        assertThat(log.append(said("n1", "hi"))).isEqualTo(new AppendOutcome.Closed());

        log.writeSession(user, open("bot", 2));
        var elsewhere = Append.said(user, shopper(), "n2", IDS.next(), new Content.Text("hi"), true);
        assertThat(log.append(elsewhere)).isEqualTo(new AppendOutcome.Closed());
    }

    /// A closed session leaves `none` and an end that lies ahead: both are no session's.
    @Test
    void whatStandsThereWhileNoSessionIsOpenIsNobodysSession() {
        warm(open("bot", 1));
        String question = stored(log.append(said("n1", "hi"))).message().id();
        log.writeSession(user, open("closed", 2));
        var anna = new Sender(Role.AGENT, "anna", "Anna");

        assertThat(log.append(Append.said(user, shopper(), "n2", "none", new Content.Text("hi"), true)))
                .isEqualTo(new AppendOutcome.Closed());
        assertThat(log.append(Append.said(user, anna, "a1", "none", new Content.Text("hi"), false)))
                .isEqualTo(new AppendOutcome.Closed());
        redis.opsForHash().put(RedisKeys.session(user), "owner", "bot");
        assertThat(log.standing(user, "none", question, 2)).isEqualTo(ConversationLog.Standing.OVERTAKEN);
        assertThat(new PassingFrames(redis, LogLimits.CONTRACT).whileOwned(user, "none", 2, "{}"))
                .isFalse();
        assertThat(log.read(user, "0", 10).messages())
                .extracting(MessageResource::id)
                .containsExactly(question);
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
}
