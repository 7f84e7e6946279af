package io.xiaoer.bot.order;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.common.id.UserKey;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where orders are looked up.
interface OrderDesk {

    /// The most orders that one look gives.
    int MOST = 10;

    /// The most that a look takes which is only by the way: whether words name an article that was
    /// ordered, say.
    Duration GLANCE = Duration.ofMillis(600);

    /// Looks up a shopper's latest orders, and one by its number, in one call.
    ///
    /// @param number an order's id, null for none
    /// @throws Away if no answer comes before the deadline
    Look look(UserKey user, @Nullable String number, Deadline deadline);

    /// What was found.
    ///
    /// @param named the order of the number, whoever's it is: check before it is shown
    /// @param latest the shopper's orders, newest first
    record Look(@Nullable OrderView named, List<OrderView> latest) {}

    /// order-sync-service does not answer.
    final class Away extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Away(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
