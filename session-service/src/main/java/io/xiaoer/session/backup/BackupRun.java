package io.xiaoer.session.backup;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes a backup, or continues one that was left unfinished: table by table, part by part, the manifest behind each.
@Component
class BackupRun {

    /// Messages older than this are not taken.
    static final Duration WINDOW = Duration.ofDays(7);

    private final RoamingRows rows;
    private final Clock clock;

    BackupRun(RoamingRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /// @param turn asked before each part; throws if another works by now
    Manifest make(BackupStore store, String name, Runnable turn) {
        var manifest = Manifest.read(store, name)
                .filter(found -> found.format() == Manifest.FORMAT && (found.complete() || found.next() != null))
                .orElseGet(() ->
                        Manifest.begin(name, clock.instant(), clock.instant().minus(WINDOW)));
        for (var place = manifest.next(); place != null; place = manifest.next()) {
            turn.run();
            manifest = step(store, manifest, place);
        }
        return manifest;
    }

    private Manifest step(BackupStore store, Manifest manifest, Manifest.Place place) {
        var buffer = new PartBuffer();
        var after = place.after();
        do {
            var page = rows.page(place.table(), after, manifest.since());
            buffer.add(page.rows());
            after = page.next();
        } while (after != null && !buffer.isFull());
        var next = after == null ? beginOf(place.table().next()) : new Manifest.Place(place.table(), after);
        var further = manifest.with(part(store, manifest, place.table(), buffer), next, clock.instant());
        further.write(store);
        return further;
    }

    private static Manifest.@Nullable Part part(
            BackupStore store, Manifest manifest, RoamingTable table, PartBuffer buffer) {
        if (buffer.rows() == 0) {
            return null;
        }
        var bytes = buffer.finish();
        var object = "%05d-%s.ndjson.gz".formatted(manifest.parts().size() + 1, table.table());
        store.put(manifest.name(), object, bytes);
        return new Manifest.Part(object, table, buffer.rows(), PartBuffer.sha256(bytes));
    }

    private static Manifest.@Nullable Place beginOf(@Nullable RoamingTable table) {
        return table == null ? null : new Manifest.Place(table, null);
    }
}
