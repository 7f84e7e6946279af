package io.xiaoer.session.handoff;

import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Tongue;
import io.xiaoer.session.conversation.SessionRow;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// What a shopper is told of hand-offs, in their language.
final class Notices {

    static final String HANDED_OFF = "handed_off";

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("MM-dd HH:mm");

    private Notices() {}

    /// The nonce of the notice of a change of owner, so that it is said once.
    static String nonce(SessionRow row) {
        return "h:" + row.sid() + ':' + row.number();
    }

    static Content.Notice queued(Tongue tongue, int position) {
        return new Content.Notice(
                HANDED_OFF,
                position == 0
                        ? tongue.of("已转人工客服，由人工继续为您服务。", "A person is taking over from here.")
                        : tongue.of(
                                "已为您转接人工客服，您排在第 " + position + " 位，请稍候。",
                                "You are number " + position + " in the queue for a person."));
    }

    static Content.Notice leaveAMessage(Tongue tongue, ZonedDateTime until) {
        String when = WHEN.format(until);
        return new Content.Notice(
                "outside_hours",
                tongue.of(
                        "现在是非服务时间，请留言，客服将于 " + when + " 起回复您。",
                        "Nobody is here until " + when + ": leave a message, a person will answer then."));
    }

    /// The same, said to somebody who is in despair: they may have to wait for the person in the queue.
    static Content kindly(Tongue tongue, Content.Notice notice) {
        return new Content.Notice(
                notice.code(),
                tongue.of(
                                "听您这么说，我们很担心您。请先找身边信任的人陪陪您，您不必一个人扛着。",
                                "We are sorry to hear how you feel. Please be with somebody you trust; you are not alone. ")
                        + notice.text());
    }

    static Content joined(Tongue tongue, @Nullable String name) {
        return new Content.Notice(
                "agent_joined",
                name == null
                        ? tongue.of("人工客服已接入，为您服务。", "A person is with you now.")
                        : tongue.of("人工客服 " + name + " 为您服务。", name + " is with you now."));
    }

    static Content queuedAgain(Tongue tongue, int position) {
        return new Content.Notice(
                HANDED_OFF,
                tongue.of(
                        "正在为您转接其他客服，您排在第 " + position + " 位。",
                        "You are being passed to another person; you are number " + position + " in the queue."));
    }

    static Content backToBot(Tongue tongue) {
        return new Content.Notice("back_to_bot", tongue.of("人工服务已结束，智能客服继续为您服务。", "The assistant is with you again."));
    }

    static Content closed(Tongue tongue) {
        return new Content.Notice("closed", tongue.of("会话已结束。", "This session has been closed."));
    }
}
