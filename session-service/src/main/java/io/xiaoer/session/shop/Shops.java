package io.xiaoer.session.shop;

import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.outbox.Outbox;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/// Changes shops: the row is locked, written and put on its way to Kafka in one transaction, so that the records of a
/// shop leave in the order of their versions.
@Service
public class Shops {
    private static final Logger LOGGER = LoggerFactory.getLogger(Shops.class);

    private final ShopTable table;
    private final ShopDirectory directory;
    private final Outbox outbox;
    private final EventWriter events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Shops(
            ShopTable table,
            ShopDirectory directory,
            Outbox outbox,
            TransactionTemplate transaction,
            Clock clock,
            @Value("${spring.application.name}") String source) {
        this.table = table;
        this.directory = directory;
        this.outbox = outbox;
        this.events = new EventWriter(source, clock);
        this.transaction = transaction;
        this.clock = clock;
    }

    /// What a change came to.
    ///
    /// @param created whether the shop is new
    record Changed(ShopRow row, boolean created) {}

    Optional<ShopRow> find(ShopId shop) {
        return table.find(shop);
    }

    /// Replaces the settings of a shop that exists.
    ///
    /// @return empty if there is no such shop
    Optional<ShopRow> replace(ShopId shop, ShopWish wish) {
        return table.find(shop).isEmpty()
                ? Optional.empty()
                : Optional.of(put(shop, wish).row());
    }

    /// Replaces the settings of a shop, or makes the shop.
    Changed put(ShopId shop, ShopWish wish) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var defaults = ShopSettings.defaults(shop, now);
        var changed = Objects.requireNonNull(transaction.execute(_ -> {
            var version = table.lock(shop, now);
            var settings = wish.over(defaults, version + 1);
            table.update(settings);
            publish(settings);
            return new Changed(table.find(shop).orElseThrow(), version == 0);
        }));
        directory.learn(changed.row().settings());
        return changed;
    }

    /// Sends every readable shop once more, soon after the start and then each hour, so that a topic that was lost
    /// fills again; and when rows came back from a backup. The lock keeps an older version from being sent behind a
    /// newer one.
    @Scheduled(initialDelay = 15, fixedDelay = 3600, timeUnit = TimeUnit.SECONDS)
    public void repeat() {
        try {
            for (var stored : table.all()) {
                if (stored instanceof StoredShop.Readable(var row)) {
                    send(row.settings().shop());
                }
            }
        } catch (DataAccessException away) {
            LOGGER.atWarn().setCause(away).log("The settings of shops were not sent once more; trying in an hour");
        }
    }

    private void send(ShopId shop) {
        transaction.executeWithoutResult(_ -> {
            table.lock(shop, clock.instant());
            table.find(shop).ifPresent(current -> publish(current.settings()));
        });
    }

    private void publish(ShopSettings settings) {
        outbox.add(events.record(
                Topic.SHOP_SETTINGS, settings.shopId(), settings.shopId() + "/" + settings.version(), settings));
    }
}
