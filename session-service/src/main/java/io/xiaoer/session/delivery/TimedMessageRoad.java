package io.xiaoer.session.delivery;

import io.xiaoer.common.message.Role;
import io.xiaoer.session.conversation.MessageRoad;

/// A message road that starts the timers of each question it takes, over whichever transport it came.
final class TimedMessageRoad implements MessageRoad {

    private static final String BOT = "bot";

    private final MessageRoad inner;
    private final AnswerTimers timers;

    TimedMessageRoad(MessageRoad inner, AnswerTimers timers) {
        this.inner = inner;
        this.timers = timers;
    }

    @Override
    public Outcome send(Sending sending) {
        var outcome = inner.send(sending);
        if (outcome instanceof Outcome.Accepted accepted
                && accepted.owner().equals(BOT)
                && !accepted.duplicate()
                && sending.from().role() == Role.USER) {
            timers.asked(sending.user(), sending.sessionId(), accepted.message().id());
        }
        return outcome;
    }
}
