package io.xiaoer.session.binding;

import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.session.archive.Unavailable;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Finishes bindings whose call did not, a bounded number at a time. Each node sweeps; a binding is claimed first, so
/// that one node at a time works on it.
@Component
class UnfinishedBindings {

    /// Longer than a call takes.
    static final Duration LEFT_BY_A_CRASH = Duration.ofSeconds(10);

    private static final Logger LOGGER = LoggerFactory.getLogger(UnfinishedBindings.class);

    private final AliasMapper mapper;
    private final GuestBinding binding;
    private final BindingMeters meters;
    private final Clock clock;

    UnfinishedBindings(AliasMapper mapper, GuestBinding binding, BindingMeters meters, Clock clock) {
        this.mapper = mapper;
        this.binding = binding;
        this.meters = meters;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 10_000, fixedDelay = 5_000)
    void sweep() {
        finishOlderThan(LEFT_BY_A_CRASH);
    }

    void finishOlderThan(Duration age) {
        try {
            for (AliasRow row : mapper.findUnfinished(clock.instant().minus(age).toEpochMilli())) {
                finish(row);
            }
        } catch (DataAccessException | TransactionException e) {
            tell(e);
        }
    }

    private void finish(AliasRow row) {
        var shop = row.user().shop();
        try {
            if (Tenant.call(shop, () -> mapper.claim(shop, row.guestId(), row.triedAt(), clock.millis())) == 1) {
                binding.show(row);
                meters.swept();
            }
        } catch (Unavailable | DataAccessException | TransactionException e) {
            tell(e);
        }
    }

    private static void tell(Exception e) {
        LOGGER.atWarn().addKeyValue("reason", e.getMessage()).log("A binding is finished later");
    }
}
