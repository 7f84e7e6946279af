package io.xiaoer.session.backup;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.PropertyNamingStrategy;
import com.alibaba.fastjson2.annotation.JSONType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a backup holds and how far it has come; written anew behind each part.
///
/// @param format of parts and rows; another one is not read
/// @param since the oldest moment of messages that are taken
/// @param complete whether nothing is missing
/// @param next where a run that died is continued; null once complete
/// @param parts in the order in which they are restored
@JSONType(naming = PropertyNamingStrategy.SnakeCase)
record Manifest(
        int format,
        String name,
        Instant startedAt,
        Instant since,
        @Nullable Instant finishedAt,
        boolean complete,
        @Nullable Place next,
        List<Part> parts) {

    static final int FORMAT = 1;
    static final String OBJECT = "manifest.json";

    private static final Pattern PART = Pattern.compile("[0-9]{5,9}-[a-z_]+\\.ndjson\\.gz");

    /// A table, and the key behind which its rows have not been taken; null at its beginning.
    @JSONType(naming = PropertyNamingStrategy.SnakeCase)
    record Place(RoamingTable table, @Nullable List<String> after) {}

    /// One object of gzipped NDJSON.
    ///
    /// @param sha256 of the object as it is stored
    @JSONType(naming = PropertyNamingStrategy.SnakeCase)
    record Part(String object, RoamingTable table, long rows, String sha256) {}

    static Manifest begin(String name, Instant now, Instant since) {
        return new Manifest(FORMAT, name, now, since, null, false, new Place(RoamingTable.first(), null), List.of());
    }

    /// The manifest of a backup; one that cannot be read is none.
    static Optional<Manifest> read(BackupStore store, String name) {
        return store.get(name, OBJECT).flatMap(Manifest::parse);
    }

    private static Optional<Manifest> parse(byte[] bytes) {
        try {
            return Optional.ofNullable(JSON.parseObject(bytes, Manifest.class)).filter(Manifest::isReadable);
        } catch (JSONException e) {
            return Optional.empty();
        }
    }

    /// What was read may lack anything; of another format only its number counts.
    private boolean isReadable() {
        return Stream.of(name, startedAt, since, parts).allMatch(Objects::nonNull)
                && (format != FORMAT
                        || parts.stream()
                                .allMatch(part -> Stream.of(part, part.object(), part.table(), part.sha256())
                                                .allMatch(Objects::nonNull)
                                        && PART.matcher(part.object()).matches()));
    }

    void write(BackupStore store) {
        store.put(name, OBJECT, JSON.toJSONBytes(this));
    }

    /// With one part more.
    ///
    /// @param next null if this was the last
    Manifest with(@Nullable Part part, @Nullable Place next, Instant now) {
        var all = new ArrayList<>(parts);
        if (part != null) {
            all.add(part);
        }
        boolean done = next == null;
        return new Manifest(format, name, startedAt, since, done ? now : null, done, next, List.copyOf(all));
    }

    /// How many rows of each table there are.
    Map<RoamingTable, Long> rows() {
        var rows = new EnumMap<RoamingTable, Long>(RoamingTable.class);
        for (var table : RoamingTable.values()) {
            rows.put(table, 0L);
        }
        parts.forEach(part -> rows.merge(part.table(), part.rows(), Long::sum));
        return rows;
    }
}
