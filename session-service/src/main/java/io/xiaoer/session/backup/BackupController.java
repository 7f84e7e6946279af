package io.xiaoer.session.backup;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Backups on demand, for who runs the suite: scope `ops`, on the service's own port alone, since a call takes as
/// long as the work does.
@RestController
@RequestMapping("/operator/backups")
class BackupController {

    private static final int MOST_LISTED = 200;

    private final ObjectProvider<Backups> backups;

    BackupController(ObjectProvider<Backups> backups) {
        this.backups = backups;
    }

    /// @param rows in the backup, by table
    /// @param present of these, what stands in the database after a restore
    /// @param leftOut and what was not restored, since its shopper was erased
    record Attributes(
            boolean complete,
            Instant startedAt,
            @Nullable Instant finishedAt,
            Map<String, Long> rows,
            @Nullable Map<String, Long> present,
            @Nullable Map<String, Long> leftOut) {}

    @PostMapping
    Answer<Resource<Attributes>> make() {
        return done(all -> Answer.of(resource(all.makeNow(), null, null)));
    }

    @GetMapping
    Answer<List<Resource<Attributes>>> list() {
        return done(all -> Answer.of(all.newestFirst()
                .limit(MOST_LISTED)
                .map(manifest -> resource(manifest, null, null))
                .toList()));
    }

    @PostMapping("/{name}/restore")
    Answer<Resource<Attributes>> restore(@PathVariable String name) {
        return done(all -> {
            var report = all.restore(name);
            return Answer.of(resource(report.manifest(), report.present(), report.leftOut()))
                    .meta("whole", report.isWhole());
        });
    }

    private <T> T done(Function<Backups, T> work) {
        var all = backups.getIfAvailable();
        if (all == null) {
            throw new ProblemException(ProblemCode.CONFLICT, "Backups are off: xiaoer.backup.target is not set");
        }
        try {
            return work.apply(all);
        } catch (Backups.Busy e) {
            throw new ProblemException(ProblemCode.CONFLICT, "A backup or a restore is under way");
        } catch (UnreadableBackup e) {
            throw new ProblemException(ProblemCode.NOT_FOUND, String.valueOf(e.getMessage()));
        } catch (BackupStore.StoreAway | DataAccessException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The store or the database is away", e)
                    .header("Retry-After", "10");
        }
    }

    private static Resource<Attributes> resource(
            Manifest manifest, @Nullable Map<RoamingTable, Long> present, @Nullable Map<RoamingTable, Long> leftOut) {
        return new Resource<>(
                manifest.name(),
                "backup",
                new Attributes(
                        manifest.complete(),
                        manifest.startedAt(),
                        manifest.finishedAt(),
                        byName(manifest.rows()),
                        present == null ? null : byName(present),
                        leftOut == null ? null : byName(leftOut)));
    }

    private static Map<String, Long> byName(Map<RoamingTable, Long> rows) {
        var byName = new TreeMap<String, Long>();
        rows.forEach((table, count) -> byName.put(table.name().toLowerCase(Locale.ROOT), count));
        return byName;
    }
}
