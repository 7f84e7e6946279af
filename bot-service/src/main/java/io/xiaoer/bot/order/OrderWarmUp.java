package io.xiaoer.bot.order;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.warmup.WarmUp;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Looks up orders of a shop that has none, some hundred times, before shoppers want theirs: the first lookups find
/// classes unread, code uncompiled, instances unknown and keys unfetched, here as in order-sync-service, and under
/// load they would pass their deadline one after the other. It happens beside the start, which does not wait for it,
/// one lookup at a time with a rest behind each.
@Component
final class OrderWarmUp extends WarmUp {

    private static final Logger LOGGER = LoggerFactory.getLogger(OrderWarmUp.class);
    private static final ShopId NOBODYS = new ShopId("warm-up");
    /// As many calls as the first compiler tier wants to see of a method, and some more.
    private static final int LOOKUPS = 300;
    private static final Duration REST = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /// Services of one machine start together, and the others may be ready later than this one.
    private static final int FAILURES = 30;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final OrderDesk desk;
    private final Clock clock;

    /// @param desk without a circuit, which failures at the start would open
    /// @param wanted whether it happens by itself
    OrderWarmUp(
            @Qualifier("graphqlOrders") OrderDesk desk,
            Clock clock,
            @Value("${xiaoer.bot.warm-up:true}") boolean wanted) {
        super("order-warm-up", wanted);
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    protected void warm() {
        warm(REST, PAUSE);
    }

    /// Looks up until enough were answered or too many were not.
    ///
    /// @return how many were answered
    int warm(Duration rest, Duration pause) {
        var begun = clock.instant();
        int answered = 0;
        int failures = 0;
        while (answered < LOOKUPS
                && failures < FAILURES
                && !Thread.currentThread().isInterrupted()) {
            if (isAnswered("nobody-" + answered)) {
                answered++;
                LockSupport.parkNanos(rest.toNanos());
            } else {
                failures++;
                LockSupport.parkNanos(pause.toNanos());
            }
        }
        LOGGER.atInfo()
                .addKeyValue("answered", answered)
                .addKeyValue("failed", failures)
                .addKeyValue("ms", Duration.between(begun, clock.instant()).toMillis())
                .log("Lookups of orders are warmed up");
        return answered;
    }

    /// @param user another one each time, since what is found of a shopper is kept
    private boolean isAnswered(String user) {
        try {
            desk.look(new UserKey(NOBODYS, UserKey.Kind.USER, user), null, Deadline.in(PATIENCE, clock));
            return true;
        } catch (RuntimeException away) {
            LOGGER.atDebug().setCause(away).log("order-sync-service does not answer yet");
            return false;
        }
    }
}
