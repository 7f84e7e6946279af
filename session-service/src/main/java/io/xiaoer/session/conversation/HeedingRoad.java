package io.xiaoer.session.conversation;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.text.Despair;
import io.xiaoer.session.archive.Unavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.stereotype.Component;

/// The road, with an ear for who waits for a person and does not want to live any more: the bot, which
/// hears that elsewhere, sees nothing of what is said in the queue. Heard beside the road: nobody waits
/// for it, and a message is acknowledged whatever comes of it.
@Component
class HeedingRoad implements MessageRoad {

    private static final Logger LOGGER = LoggerFactory.getLogger(HeedingRoad.class);

    private final KafkaMessageRoad road;
    private final HandOffs handOffs;
    private final AsyncTaskExecutor threads;

    HeedingRoad(
            KafkaMessageRoad road, HandOffs handOffs, @Qualifier("applicationTaskExecutor") AsyncTaskExecutor threads) {
        this.road = road;
        this.handOffs = handOffs;
        this.threads = threads;
    }

    @Override
    public Outcome send(Sending sending) {
        var outcome = road.send(sending);
        if (outcome instanceof Outcome.Accepted accepted
                && accepted.owner().equals(Owner.QUEUE.label())
                && sending.from().role() == Role.USER
                && sending.content() instanceof Content.Text(var text)
                && Despair.in(text)) {
            threads.execute(() -> hasten(sending.user(), sending.sessionId()));
        }
        return outcome;
    }

    private void hasten(UserKey user, String sid) {
        try {
            handOffs.hasten(user, sid);
        } catch (Unavailable e) {
            LOGGER.atWarn()
                    .addKeyValue("session", sid)
                    .addKeyValue("reason", e.getMessage())
                    .log("A shopper in despair waits where they were");
        }
    }
}
