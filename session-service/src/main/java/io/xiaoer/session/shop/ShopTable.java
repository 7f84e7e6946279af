package io.xiaoer.session.shop;

import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.id.ShopId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The table `shop`: `shop_id` → settings as JSON, version, times in UTC. Rows are never deleted here.
/// A row of version 0 was claimed by a creation that has not committed what it came for; it counts as absent.
@Component
class ShopTable {
    private static final int PAGE = 500;
    private static final String UNSET = "{}";

    private final JdbcClient jdbc;

    ShopTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<ShopRow> find(ShopId shop) {
        return jdbc.sql("SELECT settings, created_at FROM shop WHERE shop_id = ? AND version > 0")
                .param(shop.value())
                .query(ShopTable::row)
                .optional();
    }

    List<ShopRow> all() {
        var rows = new ArrayList<ShopRow>();
        var page = after("");
        while (!page.isEmpty()) {
            rows.addAll(page);
            page = after(page.getLast().settings().shopId());
        }
        return rows;
    }

    private List<ShopRow> after(String shop) {
        return jdbc.sql(
                        "SELECT settings, created_at FROM shop WHERE shop_id > ? AND version > 0 ORDER BY shop_id LIMIT ?")
                .params(shop, PAGE)
                .query(ShopTable::row)
                .list();
    }

    /// Locks the row of a shop until the end of the transaction, making it if it is not there.
    ///
    /// @return its version, 0 if it was made just now
    long lock(ShopId shop, Instant now) {
        jdbc.sql("INSERT IGNORE INTO shop (shop_id, version, settings, created_at, updated_at) VALUES (?, 0, ?, ?, ?)")
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

    private static ShopRow row(ResultSet result, int number) throws SQLException {
        var json = result.getString("settings").getBytes(StandardCharsets.UTF_8);
        return new ShopRow(
                EventJson.decode(json, ShopSettings.class),
                result.getObject("created_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
