package io.xiaoer.session.conversation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.outbox.Lease;
import io.xiaoer.session.archive.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Closes sessions in which nothing was said for a day, though nobody comes back to them. One that was talked in
/// since is looked at again at its new end. One node works at a time; two would do no harm, for a close is a
/// compare-and-set.
@Component
class ExpiredSessions {

    private static final Logger LOGGER = LoggerFactory.getLogger(ExpiredSessions.class);
    private static final Duration LEASE = Duration.ofMinutes(1);
    /// How late an end may be that Redis does not know: the archive lags behind what was said.
    private static final Duration UNSURE = Duration.ofMinutes(10);

    private static final int AT_ONCE = 200;
    private static final int PAGES = 10;

    private final SessionStore store;
    private final Sessions sessions;
    private final Lease lease;
    private final Counter closed;
    private final String holder = UUID.randomUUID().toString();
    private final Clock clock;

    ExpiredSessions(
            SessionStore store,
            Sessions sessions,
            @Qualifier("expiryLease") Lease lease,
            MeterRegistry registry,
            Clock clock) {
        this.store = store;
        this.sessions = sessions;
        this.lease = lease;
        this.closed = Counter.builder("xiaoer.session.expired")
                .description("Sessions that were closed since nothing was said in them for a day")
                .register(registry);
        this.clock = clock;
    }

    @Scheduled(initialDelay = 20_000, fixedDelay = 30_000)
    void sweep() {
        try {
            int pages = 0;
            while (pages < PAGES && lease.hold(holder, LEASE) && closeDue(AT_ONCE) == AT_ONCE) {
                pages++;
            }
            lease.release(holder);
        } catch (DataAccessException | TransactionException e) {
            LOGGER.atDebug().addKeyValue("reason", e.getClass().getSimpleName()).log("A sweep is left to the next one");
        }
    }

    /// @return how many were due
    int closeDue(int limit) {
        Instant now = clock.instant();
        var due = store.due(now, limit);
        for (SessionRow row : due) {
            Instant end = sessions.surelyOver(row, UNSURE);
            if (end.isAfter(now)) {
                store.lookAgain(row, end);
            } else {
                close(row);
            }
        }
        return due.size();
    }

    private void close(SessionRow row) {
        try {
            if (!sessions.end(row).isOpen()) {
                closed.increment();
            }
        } catch (Unavailable e) {
            LOGGER.atDebug().addKeyValue("reason", e.getMessage()).log("A closed session is shown later");
        }
    }
}
