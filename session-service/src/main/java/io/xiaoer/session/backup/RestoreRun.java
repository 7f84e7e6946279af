package io.xiaoer.session.backup;

import com.alibaba.fastjson2.JSONException;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.json.PlainJson;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.session.shop.Shops;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Puts a backup back. Repeatable: rows that stand there win, and what a run that died left out is done by the next.
@Component
class RestoreRun {

    private static final int BATCH = 200;

    private final RoamingRows rows;
    private final ErasureFilter erased;
    private final Shops shops;
    private final StringRedisTemplate redis;
    private final TransactionTemplate transaction;

    RestoreRun(
            RoamingRows rows,
            ErasureFilter erased,
            Shops shops,
            StringRedisTemplate redis,
            TransactionTemplate transaction) {
        this.rows = rows;
        this.erased = erased;
        this.shops = shops;
        this.redis = redis;
        this.transaction = transaction;
    }

    /// What came of it.
    ///
    /// @param present of the rows in the backup, those that stand in the database now
    /// @param leftOut those that must not come back, since their shopper was erased
    record Report(Manifest manifest, Map<RoamingTable, Long> present, Map<RoamingTable, Long> leftOut) {
        boolean isWhole() {
            return manifest.rows().entrySet().stream()
                    .allMatch(
                            table -> present.getOrDefault(table.getKey(), 0L) + leftOut.getOrDefault(table.getKey(), 0L)
                                    == table.getValue());
        }
    }

    /// @param turn asked before each part; throws if another works by now
    /// @throws UnreadableBackup if there is no such backup, or it is incomplete or damaged
    Report restore(BackupStore store, String name, Runnable turn) {
        var manifest = manifest(store, name);
        var present = none();
        var leftOut = none();
        for (var part : inOrder(manifest.parts())) {
            turn.run();
            restore(part, bytes(store, name, part), present, leftOut);
        }
        shops.repeat();
        return new Report(manifest, present, leftOut);
    }

    private static Manifest manifest(BackupStore store, String name) {
        var manifest = Manifest.read(store, name)
                .orElseThrow(() -> new UnreadableBackup(
                        store.get(name, Manifest.OBJECT).isEmpty()
                                ? "there is no backup " + name
                                : "the manifest of " + name + " is damaged"));
        if (manifest.format() != Manifest.FORMAT) {
            throw new UnreadableBackup("the backup has format " + manifest.format() + ", not " + Manifest.FORMAT);
        }
        if (!manifest.name().equals(name)) {
            throw new UnreadableBackup(
                    "what lies under " + name + " is the backup " + manifest.name() + ": give it that name back");
        }
        if (!manifest.complete()) {
            throw new UnreadableBackup("the backup is not complete");
        }
        return manifest;
    }

    private static Map<RoamingTable, Long> none() {
        var none = new EnumMap<RoamingTable, Long>(RoamingTable.class);
        for (var table : RoamingTable.values()) {
            none.put(table, 0L);
        }
        return none;
    }

    /// Who was erased comes first, so that nothing of them does.
    private static List<Manifest.Part> inOrder(List<Manifest.Part> parts) {
        return Stream.concat(
                        parts.stream().filter(part -> part.table() == RoamingTable.ERASURE),
                        parts.stream().filter(part -> part.table() != RoamingTable.ERASURE))
                .toList();
    }

    private static byte[] bytes(BackupStore store, String name, Manifest.Part part) {
        var bytes = store.get(name, part.object())
                .orElseThrow(() -> new UnreadableBackup("the part " + part.object() + " is missing"));
        if (!PartBuffer.sha256(bytes).equals(part.sha256())) {
            throw new UnreadableBackup("the part " + part.object() + " is damaged");
        }
        return bytes;
    }

    private void restore(
            Manifest.Part part, byte[] bytes, Map<RoamingTable, Long> present, Map<RoamingTable, Long> leftOut) {
        try (var lines =
                new BufferedReader(new InputStreamReader(PartBuffer.unzipped(bytes), StandardCharsets.UTF_8))) {
            var batch = new ArrayList<Map<String, @Nullable Object>>();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                batch.add(PlainJson.object(line));
                if (batch.size() == BATCH) {
                    write(part.table(), batch, present, leftOut);
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) {
                write(part.table(), batch, present, leftOut);
            }
        } catch (IOException | JSONException e) {
            throw new UnreadableBackup("the part " + part.object() + " is damaged");
        } catch (DataIntegrityViolationException | IllegalArgumentException e) {
            throw new UnreadableBackup("the part " + part.object() + " has rows that are none of " + part.table());
        }
    }

    private void write(
            RoamingTable table,
            List<Map<String, @Nullable Object>> batch,
            Map<RoamingTable, Long> present,
            Map<RoamingTable, Long> leftOut) {
        transaction.executeWithoutResult(status -> {
            var back = erased.of(table, batch);
            leftOut.merge(table, (long) batch.size() - back.size(), Long::sum);
            present.merge(table, (long) rows.restore(table, back), Long::sum);
        });
        if (table == RoamingTable.MESSAGE || table == RoamingTable.SESSION) {
            // What Redis knows of these users was filled from less: the next call fills it again.
            redis.delete(batch.stream().map(RestoreRun::warmth).collect(Collectors.toSet()));
        }
    }

    private static String warmth(Map<String, @Nullable Object> row) {
        return RedisKeys.warm(UserKey.parse(row.get("shop_id") + ":" + row.get("user_id")));
    }
}
