package io.xiaoer.session.shop;

import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The table `shop`: `shop_id` → settings as JSON, version, times in UTC. Rows are never deleted here.
/// A row of version 0 was claimed by a creation that has not committed what it came for; it counts as absent.
@Component
class ShopTable {
    private static final int PAGE = 500;
    private static final String COLUMNS = "shop_id, version, settings, created_at";
    private static final String UNSET = "{}";

    private final JdbcClient jdbc;

    ShopTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @throws ProblemException `unavailable` if the shop's settings break a rule
    Optional<ShopRow> find(ShopId shop) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM shop WHERE shop_id = ? AND version > 0")
                .param(shop.value())
                .query(ShopTable::stored)
                .optional()
                .map(ShopTable::readable);
    }

    List<StoredShop> all() {
        var rows = new ArrayList<StoredShop>();
        var page = after("");
        while (!page.isEmpty()) {
            rows.addAll(page);
            page = after(page.getLast().shopId());
        }
        return rows;
    }

    private List<StoredShop> after(String shop) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM shop WHERE shop_id > ? AND version > 0 ORDER BY shop_id LIMIT ?")
                .params(shop, PAGE)
                .query(ShopTable::stored)
                .list();
    }

    /// Locks the row of a shop until the end of the transaction, making it if it is not there. It is
    /// taken as who changes it takes it: `IGNORE` would share a row that is there already, and of two
    /// who share it none can change it.
    ///
    /// @return its version, 0 if it was made just now
    long lock(ShopId shop, Instant now) {
        jdbc.sql("INSERT INTO shop (shop_id, version, settings, created_at, updated_at) VALUES (?, 0, ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE shop_id = shop_id")
                .params(shop.value(), UNSET, utc(now), utc(now))
                .update();
        return jdbc.sql("SELECT version FROM shop WHERE shop_id = ? FOR UPDATE")
                .param(shop.value())
                .query(Long.class)
                .single();
    }

    void update(ShopSettings settings) {
        jdbc.sql("UPDATE shop SET version = ?, settings = ?, updated_at = ? WHERE shop_id = ?")
                .params(
                        settings.version(),
                        new String(EventJson.encode(settings), StandardCharsets.UTF_8),
                        utc(settings.updatedAt()),
                        settings.shopId())
                .update();
    }

    private static StoredShop stored(ResultSet result, int number) throws SQLException {
        var shop = result.getString("shop_id");
        var json = result.getString("settings").getBytes(StandardCharsets.UTF_8);
        try {
            var settings = EventJson.decode(json, ShopSettings.class);
            return settings.shopId().equals(shop)
                    ? new StoredShop.Readable(new ShopRow(
                            settings,
                            result.getObject("created_at", LocalDateTime.class).toInstant(ZoneOffset.UTC)))
                    : new StoredShop.Broken(shop, result.getLong("version"), "shop_id must be the row's");
        } catch (EventJson.Unreadable e) {
            var rule =
                    String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            return new StoredShop.Broken(shop, result.getLong("version"), rule);
        }
    }

    private static ShopRow readable(StoredShop stored) {
        return switch (stored) {
            case StoredShop.Readable(var row) -> row;
            case StoredShop.Broken broken ->
                throw new ProblemException(
                        ProblemCode.UNAVAILABLE,
                        "The settings of the shop break a rule and must be set anew by an operator: " + broken.rule());
        };
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
