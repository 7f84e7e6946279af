package io.xiaoer.session.handoff;

import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.ShopSettings.HandOff.Assignment;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.conversation.Change;
import io.xiaoer.session.conversation.Owner;
import io.xiaoer.session.conversation.SessionRow;
import io.xiaoer.session.conversation.Sessions;
import io.xiaoer.session.shop.ShopDirectory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// What time does to sessions: who waits long enough is given to the least busy agent who is there; whose agent is gone
/// or says nothing goes back to the queue, in front; what nobody talks in any more is closed, and who waits does not
/// come
/// to an end by waiting. Each node sweeps all shops, which is harmless: every change is a compare-and-set.
@Component
class HandOffSweep {

    private static final Logger LOGGER = LoggerFactory.getLogger(HandOffSweep.class);
    private static final int PAGE = 200;
    /// The most sessions of one state that a sweep looks at.
    private static final int MOST = 20_000;

    private static final Duration PROLONGED_BEFORE = Duration.ofHours(12);
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);
    private static final Duration LOOKED_AT_FOR_ITS_END = Duration.ofHours(11);
    private static final int FORGOTTEN_AT_ONCE = 1000;
    private static final Duration NOT_GIVEN_AGAIN = Duration.ofHours(1);

    private final HandOffTables tables;
    private final Holdings holdings;
    private final Sessions sessions;
    private final WaitingLine line;
    private final AgentPresence agents;
    private final ShopDirectory shops;
    private final HandOffMeters meters;
    private final HandOffSettings settings;
    private final StringRedisTemplate redis;
    private final Clock clock;
    private final Executor threads;
    private final AtomicBoolean running = new AtomicBoolean();
    private Set<ShopId> withLine = Set.of();

    HandOffSweep(
            HandOffTables tables,
            Holdings holdings,
            Sessions sessions,
            WaitingLine line,
            AgentPresence agents,
            ShopDirectory shops,
            HandOffMeters meters,
            HandOffSettings settings,
            StringRedisTemplate redis,
            @Qualifier("applicationTaskExecutor") AsyncTaskExecutor threads,
            Clock clock) {
        this.tables = tables;
        this.holdings = holdings;
        this.sessions = sessions;
        this.line = line;
        this.agents = agents;
        this.shops = shops;
        this.meters = meters;
        this.settings = settings;
        this.redis = redis;
        this.threads = threads;
        this.clock = clock;
    }

    /// Hands over to a thread of its own, for a sweep may wait longer than other schedules should.
    @Scheduled(initialDelay = 5_000, fixedDelay = 2_000)
    void schedule() {
        if (running.compareAndSet(false, true)) {
            try {
                threads.execute(() -> {
                    try {
                        sweep();
                    } finally {
                        running.set(false);
                    }
                });
            } catch (TaskRejectedException stopped) {
                running.set(false);
            }
        }
    }

    synchronized void sweep() {
        guarded(this::lookAtHeld);
        guarded(this::lookAtWaiting);
    }

    @Scheduled(initialDelay = 60_000, fixedDelay = 600_000)
    void forget() {
        guarded(() -> {
            long before = clock.instant().minus(settings.kept()).toEpochMilli();
            if (tables.forget(before, FORGOTTEN_AT_ONCE) == FORGOTTEN_AT_ONCE) {
                LOGGER.atDebug().log("More old changes go with the next sweep");
            }
        });
    }

    private void lookAtHeld() {
        var rosters = new HashMap<ShopId, Map<String, AgentPresence.Sign>>();
        meters.sessions(
                Owner.AGENT,
                each(Owner.AGENT, row -> lookAt(row, rosters.computeIfAbsent(row.shop(), agents::roster))));
    }

    private void lookAt(SessionRow row, Map<String, AgentPresence.Sign> roster) throws Unavailable {
        if (isOver(row)) {
            sessions.closeAsRead(row, Change.CLOSED, null);
        } else if (isGone(row, roster)) {
            holdings.takeBack(row, "agent_gone");
        } else if (owesAnAnswer(row)) {
            holdings.takeBack(row, "no_reply");
        }
    }

    /// An agent of whom nothing is known, since Redis was emptied say, is given time first.
    private boolean isGone(SessionRow row, Map<String, AgentPresence.Sign> roster) {
        var latest = clock.instant().minus(settings.awayAfter());
        if (row.holder() == null || row.changedAt() >= latest.toEpochMilli()) {
            return false;
        }
        var known = roster.get(row.holder());
        var sign = known == null ? agents.expect(row.shop(), row.holder()) : known;
        return sign.seen().isBefore(latest);
    }

    private boolean owesAnAnswer(SessionRow row) {
        Object since = redis.opsForHash().get(RedisKeys.session(row.user()), "unanswered");
        var within = Duration.ofSeconds(rules(row.shop()).replyWithinS());
        return since != null
                && Long.parseLong(since.toString())
                        < clock.instant().minus(within).toEpochMilli();
    }

    private void lookAtWaiting() {
        var byShop = new HashMap<ShopId, List<SessionRow>>();
        long waiting = each(
                Owner.QUEUE,
                row -> byShop.computeIfAbsent(row.shop(), shop -> new ArrayList<>())
                        .add(row));
        meters.sessions(Owner.QUEUE, waiting);
        var looked = new HashSet<>(withLine);
        looked.addAll(byShop.keySet());
        withLine = Set.copyOf(byShop.keySet());
        for (ShopId shop : looked) {
            var rows = byShop.getOrDefault(shop, List.of());
            guarded(() -> line.rebuild(shop, rows));
            guarded(() -> {
                for (SessionRow row : rows) {
                    keepOpen(row);
                }
                assign(shop, rows);
            });
        }
    }

    private void keepOpen(SessionRow row) throws Unavailable {
        if (row.changedAt() > clock.instant().minus(LOOKED_AT_FOR_ITS_END).toEpochMilli()) {
            return;
        }
        var view = sessions.viewOf(row);
        boolean forgotten =
                row.changedAt() < clock.instant().minus(LONGEST_WAIT).toEpochMilli();
        if (view.owner() == Owner.CLOSED || forgotten) {
            sessions.closeAsRead(row, Change.CLOSED, null);
        } else if (view.expires().isBefore(clock.instant().plus(PROLONGED_BEFORE))) {
            sessions.prolong(row);
        }
    }

    private void assign(ShopId shop, List<SessionRow> rows) throws Unavailable {
        var rules = rules(shop);
        if (rules.assignment() == Assignment.MANUAL) {
            return;
        }
        long since = clock.millis() - Duration.ofSeconds(rules.assignAfterS()).toMillis();
        var due = rows.stream()
                .filter(row -> row.queuedAt() != null && row.queuedAt() <= since)
                .sorted(java.util.Comparator.comparing(HandOffTables.Place::of, BY_PLACE))
                .toList();
        if (due.isEmpty()) {
            return;
        }
        var roster = agents.roster(shop);
        var load = loads(shop, roster);
        for (SessionRow row : due) {
            if (leastBusy(load, rules.sessionsPerAgent(), Set.of()) == null) {
                return;
            }
            var agent = leastBusy(load, rules.sessionsPerAgent(), whoLetItGo(row));
            if (agent == null) {
                continue;
            }
            var sign = roster.get(agent);
            var key = new UserKey(shop, UserKey.Kind.AGENT, agent);
            if (holdings.assign(row, key, sign == null ? null : sign.name()) instanceof Holdings.Outcome.Done) {
                load.merge(agent, 1, Integer::sum);
            }
        }
    }

    private static final java.util.Comparator<HandOffTables.Place> BY_PLACE =
            java.util.Comparator.comparingLong(HandOffTables.Place::rank).thenComparingLong(HandOffTables.Place::id);

    /// How many sessions each agent holds who is there.
    private Map<String, Integer> loads(ShopId shop, Map<String, AgentPresence.Sign> roster) {
        var held = tables.loads(shop);
        var loads = new HashMap<String, Integer>();
        roster.forEach((agent, sign) -> {
            if (agents.isHere(sign)) {
                loads.put(agent, held.getOrDefault(agent, 0));
            }
        });
        return loads;
    }

    /// Whoever gave a session back, or said nothing in it, is not given it again at once: the shopper would be sent to
    /// and fro.
    private Set<String> whoLetItGo(SessionRow row) {
        return row.changedHow() == Change.RETURNED
                ? tables.holdersSince(
                        row, clock.instant().minus(NOT_GIVEN_AGAIN).toEpochMilli())
                : Set.of();
    }

    private static @Nullable String leastBusy(Map<String, Integer> loads, int most, Set<String> without) {
        return loads.entrySet().stream()
                .filter(entry -> entry.getValue() < most && !without.contains(entry.getKey()))
                .min(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private boolean isOver(SessionRow row) {
        Instant looked = clock.instant().minus(LOOKED_AT_FOR_ITS_END);
        return row.changedAt() < looked.toEpochMilli() && sessions.viewOf(row).owner() == Owner.CLOSED;
    }

    private ShopSettings.HandOff rules(ShopId shop) {
        return shops.find(shop).map(ShopSettings::handOff).orElse(ShopSettings.HandOff.DEFAULTS);
    }

    private long each(Owner owner, Look look) {
        long count = 0;
        SessionRow last = null;
        while (count < MOST) {
            var page = tables.owned(owner, last, PAGE);
            for (SessionRow row : page) {
                guardedAgainstOne(row, look);
            }
            count += page.size();
            if (page.size() < PAGE) {
                break;
            }
            last = page.getLast();
        }
        return count;
    }

    /// What a sweep does with one session.
    private interface Look {
        void at(SessionRow row) throws Unavailable;
    }

    /// One user who cannot be warmed holds nobody up, and neither does a shop that is refused; a Redis or MariaDB
    /// that is away ends the sweep.
    private static void guardedAgainstOne(SessionRow row, Look look) {
        try {
            look.at(row);
        } catch (Unavailable | ProblemException e) {
            LOGGER.atDebug().addKeyValue("reason", e.getMessage()).log("A session is left to the next sweep");
        }
    }

    /// One step of a sweep; what fails is left to the next.
    private interface Step {
        void run() throws Unavailable;
    }

    private static void guarded(Step step) {
        try {
            step.run();
        } catch (Unavailable | DataAccessException | TransactionException e) {
            LOGGER.atDebug().addKeyValue("reason", e.getClass().getSimpleName()).log("A sweep is left to the next one");
        } catch (RuntimeException e) {
            LOGGER.atWarn().setCause(e).log("A sweep failed and is left to the next one");
        }
    }
}
