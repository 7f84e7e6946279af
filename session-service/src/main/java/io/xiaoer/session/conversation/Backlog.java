package io.xiaoer.session.conversation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.session.shop.ShopDirectory;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Whether a shop has more questions waiting than the bot may be left with. It begins above the shop's limit, or the
/// installation's if that is lower, and ends by itself at four fifths of it, so that it does not flutter.
///
/// Asking never waits: what is known of the shops that were asked about since the last look, or that have questions
/// waiting, is read once a second, in one go. A shop that was never asked about is not over.
@Component
class Backlog {

    private static final Logger LOGGER = LoggerFactory.getLogger(Backlog.class);
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST_SHOPS = 10_000;
    private static final int MOST_SHOPS_SHOWN = 50;

    private final WaitingQuestions waiting;
    private final ShopDirectory shops;
    private final BacklogSettings settings;
    private final AsyncTaskExecutor threads;
    private final Clock clock;
    private final ConcurrentMap<ShopId, Known> known = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final MultiGauge shown;

    Backlog(
            WaitingQuestions waiting,
            ShopDirectory shops,
            BacklogSettings settings,
            @Qualifier("applicationTaskExecutor") AsyncTaskExecutor threads,
            MeterRegistry registry,
            Clock clock) {
        this.waiting = waiting;
        this.shops = shops;
        this.settings = settings;
        this.threads = threads;
        this.clock = clock;
        this.shown = MultiGauge.builder("xiaoer.questions.waiting")
                .description("Questions that wait for the bot, of the shops with the most of them")
                .register(registry);
        Gauge.builder("xiaoer.backlog.shops", this, Backlog::over)
                .description("Shops whose bot is skipped for its backlog")
                .register(registry);
    }

    /// What is known of one shop.
    private static final class Known {
        private volatile long asked;
        private volatile boolean fresh = true;
        private volatile long waiting;
        private volatile boolean over;

        /// Whether it is to be looked at.
        boolean claim() {
            boolean due = fresh || waiting > 0;
            fresh = false;
            return due;
        }
    }

    /// Whether the bot is to be skipped for this shop now.
    boolean isOver(ShopId shop) {
        var seen = known.get(shop);
        if (seen == null) {
            begin(shop);
            return false;
        }
        seen.asked = clock.millis();
        seen.fresh = true;
        return seen.over;
    }

    private void begin(ShopId shop) {
        if (known.size() < MOST_SHOPS) {
            var fresh = new Known();
            fresh.asked = clock.millis();
            if (known.putIfAbsent(shop, fresh) == null) {
                threads.execute(this::look);
            }
        }
    }

    /// Reads how many wait. At a fixed rate, so that no other scheduled work holds it up.
    @Scheduled(initialDelay = 1_000, fixedRate = 1_000)
    void look() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        try {
            long old = clock.instant().minus(REMEMBERED).toEpochMilli();
            known.values().removeIf(each -> each.asked < old);
            var asked = known.entrySet().stream()
                    .filter(each -> each.getValue().claim())
                    .map(Map.Entry::getKey)
                    .toList();
            var sizes = asked.isEmpty() ? List.<Long>of() : waiting.sizes(asked);
            for (int i = 0; i < sizes.size(); i++) {
                learn(asked.get(i), sizes.get(i));
            }
            show();
        } catch (DataAccessException e) {
            known.values().forEach(each -> each.fresh = true);
            LOGGER.atDebug().addKeyValue("reason", e.getClass().getSimpleName()).log("A backlog could not be read");
        } finally {
            looking.set(false);
        }
    }

    private void learn(ShopId shop, long size) {
        var seen = known.get(shop);
        if (seen == null) {
            return;
        }
        int most = most(shop);
        boolean over = size > most || seen.over && size > most * 4L / 5;
        seen.waiting = size;
        if (over != seen.over) {
            seen.over = over;
            LOGGER.atWarn()
                    .addKeyValue("shop_id", shop.value())
                    .addKeyValue("waiting", size)
                    .addKeyValue("limit", most)
                    .log(over ? "Too many questions wait, the bot is skipped" : "The bot is asked again");
        }
    }

    private int most(ShopId shop) {
        try {
            return Math.min(
                    settings.waitingQuestions(),
                    shops.find(shop)
                            .map(ShopSettings::limits)
                            .orElse(ShopSettings.Limits.DEFAULTS)
                            .waitingQuestions());
        } catch (ProblemException unknownNow) {
            return Math.min(settings.waitingQuestions(), ShopSettings.Limits.DEFAULTS.waitingQuestions());
        }
    }

    /// Rows that stay are not made anew: whoever reads the metrics meanwhile would find them twice.
    private void show() {
        shown.register(
                known.entrySet().stream()
                        .filter(each -> each.getValue().waiting > 0)
                        .sorted(Comparator.comparingLong((Map.Entry<ShopId, Known> each) -> -each.getValue().waiting))
                        .limit(MOST_SHOPS_SHOWN)
                        .map(each -> row(each.getKey()))
                        .toList(),
                false);
    }

    private MultiGauge.Row<Backlog> row(ShopId shop) {
        return MultiGauge.Row.of(Tags.of("shop", shop.value()), this, backlog -> backlog.waiting(shop));
    }

    private long waiting(ShopId shop) {
        var seen = known.get(shop);
        return seen == null ? 0 : seen.waiting;
    }

    private double over() {
        return known.values().stream().filter(each -> each.over).count();
    }
}
