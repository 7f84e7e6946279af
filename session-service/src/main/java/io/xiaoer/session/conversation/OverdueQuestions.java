package io.xiaoer.session.conversation;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.redis.WaitingQuestion;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.shop.ShopDirectory;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Sweeps what would otherwise be forgotten: a question that waits too long gets an honest notice as its outcome, and a
/// session whose change did not reach Redis is shown again. Each node sweeps all shops, which is harmless.
@Component
class OverdueQuestions {

    static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final Logger LOGGER = LoggerFactory.getLogger(OverdueQuestions.class);
    private static final Duration LEFT_BY_A_CRASH = Duration.ofSeconds(5);
    private static final int AT_ONCE = 200;
    private static final Content NOTICE = new Content.Notice(
            "overdue",
            "抱歉，这个问题暂时没能得到回答，请稍后再试或转人工客服。 / Sorry, this question could not be answered in time. Please try again or ask for a person.");

    private final WaitingQuestions waiting;
    private final SystemVoice voice;
    private final Sessions sessions;
    private final ShopDirectory shops;
    private final ConversationMeters meters;
    private final Clock clock;

    OverdueQuestions(
            WaitingQuestions waiting,
            SystemVoice voice,
            Sessions sessions,
            ShopDirectory shops,
            ConversationMeters meters,
            Clock clock) {
        this.waiting = waiting;
        this.voice = voice;
        this.sessions = sessions;
        this.shops = shops;
        this.meters = meters;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 30_000, fixedDelay = 30_000)
    void sweep() {
        try {
            for (ShopId shop : shops.known()) {
                for (var question : waiting.askedBefore(shop, clock.instant().minus(PATIENCE), AT_ONCE)) {
                    if (waiting.isForgotten(question)) {
                        waiting.remove(question);
                    } else {
                        excuse(question);
                    }
                }
            }
        } catch (DataAccessException e) {
            tell(e);
        }
    }

    @Scheduled(initialDelay = 10_000, fixedDelay = 5_000)
    void finishChanges() {
        try {
            sessions.repeatPending(clock.instant().minus(LEFT_BY_A_CRASH));
        } catch (DataAccessException e) {
            tell(e);
        }
    }

    private void excuse(WaitingQuestion question) {
        try {
            voice.say(question.user(), Append.replyNonce(question.id()), question.sessionId(), NOTICE, question.id());
            waiting.remove(question);
            meters.overdue();
        } catch (Unavailable e) {
            tell(e);
        }
    }

    private static void tell(Exception e) {
        LOGGER.atDebug().addKeyValue("reason", e.getClass().getSimpleName()).log("A sweep is left to the next one");
    }
}
