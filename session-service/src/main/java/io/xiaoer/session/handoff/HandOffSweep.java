package io.xiaoer.session.handoff;

import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.ShopSettings.HandOff.Assignment;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.archive.Warmth;
import io.xiaoer.session.conversation.Change;
import io.xiaoer.session.conversation.Owner;
import io.xiaoer.session.conversation.SessionRow;
import io.xiaoer.session.conversation.Sessions;
import io.xiaoer.session.shop.ShopDirectory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
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

/// What time does to sessions: who waits long enough is given to the least busy agent who is there; whose agent is
/// gone or says nothing goes back to the queue, in front; what nobody talks in any more is closed, and who waits does
/// not come to an end by waiting. Each node sweeps all shops, which is harmless: every change is a compare-and-set.
@Component
class HandOffSweep {

    private static final Logger LOGGER = LoggerFactory.getLogger(HandOffSweep.class);
    private static final int PAGE = 200;
    /// The most users at one time whose log is filled since nobody knows whether they wait for an answer.
    private static final int WARMED_AT_ONCE = 50;

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
    private final Warmth warmth;
    private final Clock clock;
    private final Executor threads;
    private final Semaphore warming = new Semaphore(WARMED_AT_ONCE);
    private final Watch watch = new Watch();
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
            Warmth warmth,
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
        this.warmth = warmth;
        this.threads = threads;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 5_000, fixedDelay = 2_000)
    synchronized void sweep() {
        watch.goOn(clock.instant());
        if (!guarded(this::lookAtHeld)) {
            watch.breakOff();
        }
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

    /// Page by page, each with the agents' signs and the shops' rules as they are then: a long sweep
    /// must not take those of its beginning for the latest. What is asked of a shop is asked once a
    /// page and not once a session, of which there may be tens of thousands.
    private void lookAtHeld() {
        long held = 0;
        List<SessionRow> page;
        SessionRow last = null;
        do {
            page = tables.owned(Owner.AGENT, last, PAGE);
            var rosters = new HashMap<ShopId, Roster>();
            var rules = new HashMap<ShopId, ShopSettings.HandOff>();
            for (SessionRow row : page) {
                guardedAgainstOne(row, each -> lookAt(each, rosters.computeIfAbsent(each.shop(), this::roster), rules));
                last = row;
            }
            held += page.size();
        } while (page.size() == PAGE);
        meters.sessions(Owner.AGENT, held);
    }

    /// The signs of a shop's agents.
    ///
    /// @param asked when they were asked for; if the node stands still afterwards, they are not older
    /// for it
    private record Roster(Instant asked, Map<String, AgentPresence.Sign> signs) {}

    private Roster roster(ShopId shop) {
        return new Roster(clock.instant(), agents.roster(shop));
    }

    private void lookAt(SessionRow row, Roster roster, Map<ShopId, ShopSettings.HandOff> rules) throws Unavailable {
        if (isOver(row)) {
            sessions.end(row);
        } else if (isGone(row, roster)) {
            holdings.takeBack(row, "agent_gone");
        } else if (owesAnAnswer(row, rules)) {
            holdings.takeBack(row, "no_reply");
        }
    }

    /// An agent of whom nothing is known, since Redis was emptied say, is given time first, and so is
    /// everybody after a time in which no sign could come.
    private boolean isGone(SessionRow row, Roster roster) {
        var latest = roster.asked().minus(settings.awayAfter());
        if (row.holder() == null || row.changedAt() >= latest.toEpochMilli()) {
            return false;
        }
        var known = roster.signs().get(row.holder());
        var sign = known == null ? agents.expect(row.shop(), row.holder()) : known;
        return sign.seen().isBefore(latest) && watch.lasted(settings.awayAfter(), roster.asked());
    }

    private boolean owesAnAnswer(SessionRow row, Map<ShopId, ShopSettings.HandOff> rules) {
        var within = rules.computeIfAbsent(row.shop(), this::rules).replyWithinS();
        long latest = clock.instant().minus(Duration.ofSeconds(within)).toEpochMilli();
        if (row.changedAt() >= latest) {
            return false;
        }
        var known = redis.opsForHash().multiGet(RedisKeys.session(row.user()), List.of("sid", "unanswered"));
        if (known.get(0) == null) {
            fill(row.user());
            return false;
        }
        return known.get(1) != null && Long.parseLong(known.get(1).toString()) < latest;
    }

    /// Redis lost the user's log: what fills it again tells whether an answer is owed, and a later sweep sees it. That
    /// takes a second or two for each, so the sweep does not wait.
    private void fill(UserKey user) {
        if (!warming.tryAcquire()) {
            return;
        }
        try {
            threads.execute(() -> {
                try {
                    warmth.warm(user);
                } catch (Unavailable e) {
                    tell(e);
                } finally {
                    warming.release();
                }
            });
        } catch (TaskRejectedException stopped) {
            warming.release();
        }
    }

    /// Shop by shop, page by page from the front of the queue.
    private void lookAtWaiting() {
        var waiting = tables.shopsWithQueue();
        var looked = new HashSet<>(withLine);
        looked.addAll(waiting);
        withLine = Set.copyOf(waiting);
        var count = new AtomicLong();
        for (ShopId shop : looked) {
            guarded(() -> lookAtQueue(shop, count));
        }
        meters.sessions(Owner.QUEUE, count.get());
    }

    private void lookAtQueue(ShopId shop, AtomicLong count) {
        var view = line.mend(shop);
        var giving = new Giving(shop);
        List<SessionRow> page;
        var place = HandOffTables.Place.START;
        do {
            page = tables.waiting(shop, place, PAGE);
            for (SessionRow row : page) {
                view.waits(row);
                guardedAgainstOne(row, this::keepOpen);
                guardedAgainstOne(row, giving::give);
                place = HandOffTables.Place.of(row);
            }
            count.addAndGet(page.size());
        } while (page.size() == PAGE);
        view.end();
    }

    private void keepOpen(SessionRow row) throws Unavailable {
        var now = clock.instant();
        var since = Instant.ofEpochMilli(row.changedAt());
        if (since.isBefore(now.minus(LONGEST_WAIT))) {
            sessions.end(row);
        } else if (since.isBefore(now.minus(LOOKED_AT_FOR_ITS_END))) {
            sessions.prolong(row, now.plus(PROLONGED_BEFORE));
        }
    }

    /// Gives those of one shop who have waited long enough, in their order, to the least busy who are there.
    private final class Giving {

        private final ShopId shop;
        private final ShopSettings.HandOff rules;
        private @Nullable Map<String, AgentPresence.Sign> roster;
        private Map<String, Integer> load = Map.of();

        Giving(ShopId shop) {
            this.shop = shop;
            this.rules = rules(shop);
        }

        void give(SessionRow row) throws Unavailable {
            long since =
                    clock.millis() - Duration.ofSeconds(rules.assignAfterS()).toMillis();
            if (rules.assignment() == Assignment.MANUAL || row.queuedAt() == null || row.queuedAt() > since) {
                return;
            }
            var there = roster();
            if (leastBusy(load, rules.sessionsPerAgent(), Set.of()) == null) {
                return;
            }
            var agent = leastBusy(load, rules.sessionsPerAgent(), whoLetItGo(row));
            if (agent == null) {
                return;
            }
            var sign = there.get(agent);
            var key = new UserKey(shop, UserKey.Kind.AGENT, agent);
            if (holdings.assign(row, key, sign == null ? null : sign.name()) instanceof Holdings.Outcome.Done) {
                load.merge(agent, 1, Integer::sum);
            }
        }

        /// Read when the first is to be given.
        private Map<String, AgentPresence.Sign> roster() {
            var there = roster;
            if (there == null) {
                there = agents.roster(shop);
                roster = there;
                load = loads(shop, there);
            }
            return there;
        }
    }

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

    /// What a sweep does with one session.
    private interface Look {
        void at(SessionRow row) throws Unavailable;
    }

    /// One user who cannot be warmed holds nobody up, and neither does a shop that is refused; a Redis or MariaDB
    /// that is away ends the sweep.
    private void guardedAgainstOne(SessionRow row, Look look) {
        try {
            look.at(row);
        } catch (Unavailable | ProblemException e) {
            tell(e);
        }
        watch.goOn(clock.instant());
    }

    private static void tell(Exception e) {
        LOGGER.atDebug().addKeyValue("reason", e.getMessage()).log("A session is left to the next sweep");
    }

    /// One step of a sweep; what fails is left to the next.
    private interface Step {
        void run() throws Unavailable;
    }

    /// @return whether the step was done
    private static boolean guarded(Step step) {
        try {
            step.run();
            return true;
        } catch (Unavailable | DataAccessException | TransactionException e) {
            LOGGER.atDebug().addKeyValue("reason", e.getClass().getSimpleName()).log("A sweep is left to the next one");
        } catch (RuntimeException e) {
            LOGGER.atWarn().setCause(e).log("A sweep failed and is left to the next one");
        }
        return false;
    }
}
