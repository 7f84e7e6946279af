package io.xiaoer.bot.mining;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The questions that nobody knew, in MariaDB: `faq_unanswered`, at most [#MOST] a shop, [#KEPT] after they were asked
/// last.
@Component
class UnansweredStore {

    static final int MOST = 5000;
    static final Duration KEPT = Duration.ofDays(30);

    private static final int STEP = 1000;
    private static final int MOST_STEPS = 100;
    private static final Logger LOGGER = LoggerFactory.getLogger(UnansweredStore.class);

    private final UnansweredMapper mapper;
    private final Clock clock;

    UnansweredStore(UnansweredMapper mapper, Clock clock) {
        this.mapper = mapper;
        this.clock = clock;
    }

    /// Counts questions of a shop.
    @Transactional
    public void add(ShopId shop, Collection<Unanswered> questions) {
        Tenant.call(shop, () -> {
            questions.stream().sorted(Comparator.comparing(Unanswered::id)).forEach(mapper::add);
            int surplus = mapper.count(shop.value()) - MOST;
            if (surplus > 0) {
                mapper.deleteOldest(shop.value(), surplus);
            }
            return questions.size();
        });
    }

    /// What waits for a person, the most asked first.
    public List<Unanswered> waiting(ShopId shop, int limit) {
        var since = clock.instant().minus(KEPT).truncatedTo(ChronoUnit.MILLIS);
        return Tenant.call(shop, () -> mapper.waiting(shop.value(), since, limit));
    }

    /// Those of these questions that are kept, in this order.
    public List<Unanswered> get(ShopId shop, List<String> ids) {
        return Tenant.call(
                shop,
                () -> ids.stream()
                        .map(id -> mapper.get(shop.value(), id))
                        .filter(Objects::nonNull)
                        .toList());
    }

    /// Says of questions that they need no answer; they are not shown again while they are kept.
    @Transactional
    public void dismiss(ShopId shop, List<String> ids) {
        Tenant.call(
                shop,
                () -> ids.stream()
                        .sorted()
                        .mapToInt(id -> mapper.dismiss(shop.value(), id))
                        .sum());
    }

    /// Lets questions go that have an answer now.
    @Transactional
    public void delete(ShopId shop, List<String> ids) {
        Tenant.call(
                shop,
                () -> ids.stream()
                        .sorted()
                        .mapToInt(id -> mapper.delete(shop.value(), id))
                        .sum());
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
    void deleteOld() {
        try {
            var before = clock.instant().minus(KEPT).truncatedTo(ChronoUnit.MILLIS);
            for (int i = 0; i < MOST_STEPS && mapper.deleteOlder(before, STEP) == STEP; i++) {
                LOGGER.atDebug().log("More questions that nobody knew are old");
            }
        } catch (DataAccessException e) {
            LOGGER.atInfo().addKeyValue("waits_for", "mariadb").log("Old questions that nobody knew go later");
        }
    }
}
