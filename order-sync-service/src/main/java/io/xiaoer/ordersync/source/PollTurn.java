package io.xiaoer.ordersync.source;

import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.source.PulledPlatform.Access;
import io.xiaoer.ordersync.source.PulledPlatform.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// One turn of asking one source for what changed: claim it, take page after page, move the cursor behind each page
/// once its orders are committed.
///
/// Platforms show changes late, so what changed within [SourceSettings#overlap] before a turn began is
/// asked for again by the next one; the versions of orders make what comes again harmless. All that is
/// older was shown when the turn began, and is behind it once it is taken: however many orders changed
/// at once, turns get through them.
///
/// Who dies in the middle leaves the cursor behind the last page that was taken whole, and the lease to
/// run out. A turn ends early after [SourceSettings#pages], for other sources to have theirs, and the
/// next goes on at once where it stood, to the second. Not foreseen are more orders of one second than a
/// turn takes. A merchant who changes what is asked takes the lease away: the page under way is taken,
/// and counts for nothing.
@Component
class PollTurn {

    private static final Logger LOGGER = LoggerFactory.getLogger(PollTurn.class);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(30);
    private static final int MOST_DOUBLINGS = 10;

    private final Sources sources;
    private final SourceMapper mapper;
    private final Platforms platforms;
    private final SourceIntake intake;
    private final SourceSettings settings;
    private final SourceMeters meters;
    private final RandomGenerator chance;
    private final Clock clock;

    PollTurn(
            Sources sources,
            SourceMapper mapper,
            Platforms platforms,
            SourceIntake intake,
            SourceSettings settings,
            SourceMeters meters,
            RandomGenerator chance,
            Clock clock) {
        this.sources = sources;
        this.mapper = mapper;
        this.platforms = platforms;
        this.intake = intake;
        this.settings = settings;
        this.meters = meters;
        this.chance = chance;
        this.clock = clock;
    }

    /// Waits, and says whether to go on.
    @FunctionalInterface
    interface Pause {
        boolean pass(Duration length);
    }

    /// Polls a source that is due, unless another one has it.
    ///
    /// @param pause waits between two calls; false ends the turn where it is
    void run(SourceRow due, String holder, Pause pause) {
        Tenant.run(due.shopId(), () -> {
            var turn = holder + "/" + UUID.randomUUID();
            var now = now();
            if (!mapper.claim(due.shopId(), due.name(), turn, now, now.plus(settings.lease()))) {
                return;
            }
            // Read again: what stood there before the claim may be another instance's past.
            var source = mapper.find(due.shopId(), due.name());
            if (source != null) {
                poll(source, turn, pause);
            }
        });
    }

    private void poll(SourceRow source, String turn, Pause pause) {
        try {
            boolean ended = pages(source, turn, pause);
            var now = now();
            if (ended && mapper.succeed(source.shopId(), source.name(), turn, now, now.plus(settings.every()))) {
                meters.polled(source.platform(), "succeeded");
            } else if (!ended) {
                mapper.breakOff(source.shopId(), source.name(), turn, 0, null, now, now);
                meters.polled(source.platform(), "interrupted");
            }
        } catch (PlatformAway away) {
            failed(source, turn, away.reason().label(), away.retryAfter(), away);
        } catch (DataAccessException | TransactionException | ProblemException away) {
            failed(source, turn, "database", null, away);
        } catch (RuntimeException unexpected) {
            failed(source, turn, "internal", null, unexpected);
            LOGGER.atError().setCause(unexpected).log("A poll of a platform failed unexpectedly");
        }
    }

    /// Whether the last page was reached.
    private boolean pages(SourceRow source, String turn, Pause pause) {
        var platform = platforms.pulled(source);
        Access access = sources.access(source);
        var shown = now().minus(settings.overlap());
        Page page = platform.changedSince(access, beginning(source));
        for (int pages = 1; ; pages++) {
            for (var event : page.told()) {
                meters.told(source.platform(), SourceMeters.PULL, intake.take(source, event));
            }
            if (!advanced(source, turn, page, shown)) {
                return false;
            }
            var next = page.next();
            if (next == null) {
                return true;
            }
            if (pages == settings.pages() || !pause.pass(page.rest())) {
                return false;
            }
            page = platform.page(access, next);
        }
    }

    /// A cursor that lies before the place was put back by an instance that knows no place yet.
    private Instant beginning(SourceRow source) {
        var told = source.toldUntil() == null ? source.createdAt() : source.toldUntil();
        var place = mapper.askedFrom(source.shopId(), source.name());
        return place == null || place.isAfter(told) ? told.minus(settings.overlap()) : place;
    }

    /// @param shown up to where all changes were shown when the turn began; the next begins no later
    private boolean advanced(SourceRow source, String turn, Page page, Instant shown) {
        var now = now();
        var newest = page.newest() == null ? null : page.newest().truncatedTo(ChronoUnit.MICROS);
        return mapper.advance(
                source.shopId(),
                source.name(),
                turn,
                newest == null ? Instant.EPOCH : earlier(newest, now),
                newest == null ? null : earlier(newest, shown),
                now.plus(settings.lease()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private void failed(
            SourceRow source, String turn, String reason, @Nullable Duration retryAfter, RuntimeException failure) {
        meters.polled(source.platform(), reason);
        LOGGER.atWarn()
                .addKeyValue("shop_id", source.shopId().value())
                .addKeyValue("source", source.name())
                .addKeyValue("reason", reason)
                .addKeyValue("exception", failure.getClass().getSimpleName())
                .log("A platform could not be asked to the end; it is asked again later");
        var now = now();
        int failures = Math.min(source.failures() + 1, Integer.MAX_VALUE - 1);
        var wait = retryAfter == null ? backoff(failures) : longer(retryAfter, settings.every());
        try {
            mapper.breakOff(source.shopId(), source.name(), turn, failures, reason, now, now.plus(wait));
        } catch (DataAccessException | TransactionException away) {
            LOGGER.atDebug()
                    .addKeyValue("reason", away.getClass().getSimpleName())
                    .log("The lease of a source is left to run out");
        }
    }

    /// Doubles with each failure in a row, up to half an hour, and up to a fifth longer by chance.
    private Duration backoff(int failures) {
        long doubled = settings.every().toMillis() << Math.min(failures, MOST_DOUBLINGS);
        long most = Math.max(LONGEST_BACKOFF.toMillis(), settings.every().toMillis());
        long wait = Math.min(doubled, most);
        return Duration.ofMillis(wait + (long) (wait * 0.2 * chance.nextDouble()));
    }

    private static Duration longer(Duration one, Duration other) {
        var longest = one.compareTo(other) > 0 ? one : other;
        return longest.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : longest;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
