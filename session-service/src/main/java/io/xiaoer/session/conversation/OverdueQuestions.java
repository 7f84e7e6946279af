package io.xiaoer.session.conversation;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.redis.WaitingQuestion;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.shop.ShopDirectory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private static final Duration LONGEST_SWEEP = Duration.ofSeconds(25);
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
    private final AtomicBoolean sweeping = new AtomicBoolean();

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

    /// At a fixed rate, on a thread of its own: a long backlog holds up no other scheduled work.
    @Scheduled(initialDelay = 30_000, fixedRate = 30_000)
    void sweep() {
        if (!sweeping.compareAndSet(false, true)) {
            return;
        }
        try {
            var until = clock.instant().plus(LONGEST_SWEEP);
            for (ShopId shop : shops.known()) {
                boolean more = true;
                while (more && clock.instant().isBefore(until)) {
                    more = sweep(shop, until);
                }
            }
        } catch (DataAccessException e) {
            tell(e);
        } finally {
            sweeping.set(false);
        }
    }

    /// @return whether to go on at once: there may be more, and all of these got their notice
    private boolean sweep(ShopId shop, Instant until) {
        var overdue = waiting.askedBefore(shop, clock.instant().minus(PATIENCE), AT_ONCE);
        boolean all = true;
        for (var question : overdue) {
            if (clock.instant().isAfter(until)) {
                return false;
            }
            if (waiting.isForgotten(question)) {
                waiting.remove(question);
            } else {
                all &= excuse(question);
            }
        }
        return all && overdue.size() == AT_ONCE;
    }

    @Scheduled(initialDelay = 10_000, fixedDelay = 5_000)
    void finishChanges() {
        try {
            sessions.repeatPending(clock.instant().minus(LEFT_BY_A_CRASH));
        } catch (DataAccessException e) {
            tell(e);
        }
    }

    private boolean excuse(WaitingQuestion question) {
        try {
            voice.say(question.user(), Append.replyNonce(question.id()), question.sessionId(), NOTICE, question.id());
            waiting.remove(question);
            meters.overdue();
            return true;
        } catch (Unavailable e) {
            tell(e);
            return false;
        }
    }

    private static void tell(Exception e) {
        LOGGER.atDebug().addKeyValue("reason", e.getClass().getSimpleName()).log("A sweep is left to the next one");
    }
}
