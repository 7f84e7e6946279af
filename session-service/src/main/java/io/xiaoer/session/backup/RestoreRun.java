package io.xiaoer.session.backup;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.redis.RedisKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/// Puts a backup back. Repeatable: rows that stand there win, and what a run that died left out is done by the next.
@Component
class RestoreRun {

    private static final int BATCH = 200;

    private final RoamingRows rows;
    private final StringRedisTemplate redis;

    RestoreRun(RoamingRows rows, StringRedisTemplate redis) {
        this.rows = rows;
        this.redis = redis;
    }

    /// What came of it.
    ///
    /// @param present of the rows in the backup, those that stand in the database now
    record Report(Manifest manifest, Map<RoamingTable, Long> present) {
        boolean isWhole() {
            return present.equals(manifest.rows());
        }
    }

    /// @param turn asked before each part; throws if another works by now
    /// @throws UnreadableBackup if there is no such backup, or it is incomplete or damaged
    Report restore(BackupStore store, String name, Runnable turn) {
        var manifest = Manifest.read(store, name).orElseThrow(() -> new UnreadableBackup("there is no backup " + name));
        if (manifest.format() != Manifest.FORMAT) {
            throw new UnreadableBackup("the backup has format " + manifest.format() + ", not " + Manifest.FORMAT);
        }
        if (!manifest.complete()) {
            throw new UnreadableBackup("the backup is not complete");
        }
        var present = new EnumMap<RoamingTable, Long>(RoamingTable.class);
        for (var table : RoamingTable.values()) {
            present.put(table, 0L);
        }
        for (var part : manifest.parts()) {
            turn.run();
            present.merge(part.table(), restore(part, bytes(store, name, part)), Long::sum);
        }
        return new Report(manifest, present);
    }

    private static byte[] bytes(BackupStore store, String name, Manifest.Part part) {
        var bytes = store.get(name, part.object())
                .orElseThrow(() -> new UnreadableBackup("the part " + part.object() + " is missing"));
        if (!PartBuffer.sha256(bytes).equals(part.sha256())) {
            throw new UnreadableBackup("the part " + part.object() + " is damaged");
        }
        return bytes;
    }

    private long restore(Manifest.Part part, byte[] bytes) {
        try (var lines =
                new BufferedReader(new InputStreamReader(PartBuffer.unzipped(bytes), StandardCharsets.UTF_8))) {
            long present = 0;
            var batch = new ArrayList<Map<String, @Nullable Object>>();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                batch.add(JSON.parseObject(line));
                if (batch.size() == BATCH) {
                    present += write(part.table(), batch);
                    batch.clear();
                }
            }
            return present + write(part.table(), batch);
        } catch (IOException | JSONException e) {
            throw new UnreadableBackup("the part " + part.object() + " is damaged");
        }
    }

    private long write(RoamingTable table, List<Map<String, @Nullable Object>> batch) {
        long present = rows.restore(table, batch);
        if (table == RoamingTable.MESSAGE || table == RoamingTable.SESSION) {
            // What Redis knows of these users was filled from less: the next call fills it again.
            redis.delete(batch.stream().map(RestoreRun::warmth).collect(Collectors.toSet()));
        }
        return present;
    }

    private static String warmth(Map<String, @Nullable Object> row) {
        return RedisKeys.warm(UserKey.parse(row.get("shop_id") + ":" + row.get("user_id")));
    }
}
