package io.xiaoer.ordersync.cache;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.tenant.Tenant;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// What transactions changed of what shoppers' cards show, forgotten by the cache once it is committed.
///
/// Each transaction writes the shoppers whom it concerns into one row of `card_change`, and after its commit has
/// [PartCache] forget them in one round trip, however many they are. If the process dies in between, or Redis does not
/// answer, the row is there for [CardChangeSweep].
@Component
public class CardChanges {

    private final CardChangeMapper mapper;
    private final PartCache cache;
    private final CacheSettings settings;
    private final Clock clock;

    CardChanges(CardChangeMapper mapper, PartCache cache, CacheSettings settings, Clock clock) {
        this.mapper = mapper;
        this.cache = cache;
        this.settings = settings;
        this.clock = clock;
    }

    /// Says that the transaction under way changes something that this shopper's cards show.
    public void of(ShopId shop, String user) {
        if (!settings.isOff() && UserKey.isUserId(user)) {
            underWay(shop).shoppers.add(new UserKey(shop, UserKey.Kind.USER, UserKey.compared(user)));
        }
    }

    private OfOneCommit underWay(ShopId shop) {
        for (var each : TransactionSynchronizationManager.getSynchronizations()) {
            if (each instanceof OfOneCommit begun && begun.shop.equals(shop)) {
                return begun;
            }
        }
        var begun = new OfOneCommit(shop);
        TransactionSynchronizationManager.registerSynchronization(begun);
        return begun;
    }

    private final class OfOneCommit implements TransactionSynchronization {

        private final ShopId shop;
        private final Set<UserKey> shoppers = new LinkedHashSet<>();

        private OfOneCommit(ShopId shop) {
            this.shop = shop;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            var tags = shoppers.stream().map(UserKey::tag).collect(Collectors.joining(CardChange.BETWEEN));
            Tenant.run(shop, () -> mapper.insert(shop, tags, clock.instant()));
        }

        @Override
        public void afterCommit() {
            cache.forget(shoppers);
        }
    }
}
