package io.xiaoer.compensation.webhook.delivery;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.compensation.erasure.Erasure;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// What waits to be delivered, of all shops.
///
/// | table | a row is | who deletes it |
/// |---|---|---|
/// | `webhook_delivery` | an event for an endpoint | the sweep, some time after it ended, or with its endpoint |
/// | `webhook_lane` | a lane in which something waits | whoever finds it empty, or the sweep with its endpoint |
@Component
public class DeliveryQueue {
    private static final int AT_ONCE = 500;
    private static final int MOST_ENDPOINTS = 1000;
    private static final String DISCARD = "UPDATE webhook_delivery SET payload = NULL, user_tag = NULL,"
            + " ended_at = IF(status = 'PENDING', :now, ended_at),"
            + " reason = IF(status IN ('PENDING', 'EXHAUSTED'), 'erased', reason),"
            + " next_at = NULL, status = IF(status IN ('PENDING', 'EXHAUSTED'), 'DISCARDED', status)";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Erasure erasure;
    private final SnowflakeIds ids;
    private final Clock clock;

    DeliveryQueue(JdbcClient jdbc, JdbcTemplate batches, Erasure erasure, SnowflakeIds ids, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.erasure = erasure;
        this.ids = ids;
        this.clock = clock;
    }

    /// Adds deliveries in their order; those that stand there already change nothing. What tells of a shopper who was
    /// erased after it was written is discarded at once.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void add(List<NewDelivery> events) {
        var now = at(clock.instant());
        batches.batchUpdate(
                "INSERT INTO webhook_delivery (shop_id, id, webhook_id, event_id, event, lane, user_tag, payload, status,"
                        + " since_at, next_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'PENDING', ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE id = id",
                events,
                AT_ONCE,
                (statement, event) -> set(statement, event, now));
        var lanes =
                new TreeSet<>(Comparator.comparing((Lane lane) -> lane.shop().value())
                        .thenComparing(lane -> lane.endpoint().webhook())
                        .thenComparing(Lane::name)); // all take their locks in one order
        events.forEach(event -> lanes.add(new Lane(new Lane.Endpoint(event.shop(), event.webhook()), event.lane())));
        batches.batchUpdate(
                "INSERT INTO webhook_lane (shop_id, webhook_id, lane, next_at) VALUES (?, ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE lane = VALUES(lane)",
                lanes,
                AT_ONCE,
                (statement, lane) -> {
                    statement.setString(1, lane.shop().value());
                    statement.setString(2, lane.endpoint().webhook());
                    statement.setString(3, lane.name());
                    statement.setObject(4, now);
                });
        forgetErased(events);
    }

    private void set(PreparedStatement statement, NewDelivery event, LocalDateTime now) throws SQLException {
        statement.setString(1, event.shop().value());
        statement.setString(2, ids.next());
        statement.setString(3, event.webhook());
        statement.setString(4, event.eventId());
        statement.setString(5, event.event().code());
        statement.setString(6, event.lane());
        statement.setString(7, event.userTag());
        statement.setBytes(8, event.payload());
        statement.setObject(9, now);
        statement.setObject(10, now);
        statement.setObject(11, now);
    }

    /// Whoever looks here first has written the rows: an erasure that is not seen yet waits for that and finds them.
    private void forgetErased(List<NewDelivery> events) {
        var oldest = new HashMap<String, Instant>();
        for (var event : events) {
            if (event.userTag() != null) {
                oldest.merge(event.userTag(), event.written(), (one, other) -> one.isBefore(other) ? one : other);
            }
        }
        oldest.entrySet().removeIf(each -> !erasure.covers(each.getKey(), each.getValue()));
        for (var event : events) {
            var tag = event.userTag();
            if (tag != null && oldest.containsKey(tag) && erasure.covers(tag, event.written())) {
                jdbc.sql(DISCARD + " WHERE shop_id = :shop AND webhook_id = :webhook AND event_id = :event")
                        .param("now", at(clock.instant()))
                        .param("shop", event.shop().value())
                        .param("webhook", event.webhook())
                        .param("event", event.eventId())
                        .update();
            }
        }
    }

    /// Takes from all deliveries what they say of a shopper, and gives up those that wait.
    public void erase(String userTag) {
        jdbc.sql(DISCARD + " WHERE user_tag = :tag")
                .param("now", at(clock.instant()))
                .param("tag", userTag)
                .update();
    }

    /// The endpoints that may be sent something now.
    public List<Lane.Endpoint> due(Instant now) {
        return jdbc.sql("SELECT first.shop_id, first.webhook_id FROM"
                        + " (SELECT shop_id, webhook_id, MIN(next_at) AS next_at FROM webhook_lane"
                        + " GROUP BY shop_id, webhook_id) first"
                        + " JOIN webhook ON webhook.shop_id = first.shop_id AND webhook.id = first.webhook_id"
                        + " WHERE first.next_at <= :now AND webhook.status = 'ENABLED'"
                        + " AND (webhook.paused_until IS NULL OR webhook.paused_until <= :now)"
                        + " ORDER BY first.next_at LIMIT :limit")
                .param("now", at(now))
                .param("limit", MOST_ENDPOINTS)
                .query((row, number) ->
                        new Lane.Endpoint(new ShopId(row.getString("shop_id")), row.getString("webhook_id")))
                .list();
    }

    /// How much waits and since when, counted no further than the limit.
    public Backlog backlog(int limit) {
        return jdbc.sql("SELECT COUNT(*) AS waiting, MIN(created_at) AS oldest FROM"
                        + " (SELECT created_at FROM webhook_delivery WHERE status = 'PENDING'"
                        + " ORDER BY created_at LIMIT ?) waits")
                .param(limit)
                .query((row, number) -> {
                    var oldest = row.getObject("oldest", LocalDateTime.class);
                    return new Backlog(
                            row.getInt("waiting"), oldest == null ? clock.instant() : oldest.toInstant(ZoneOffset.UTC));
                })
                .single();
    }

    /// What waits.
    public record Backlog(int waiting, Instant oldest) {}

    public int disabled() {
        return jdbc.sql("SELECT COUNT(*) FROM webhook WHERE status = 'DISABLED'")
                .query(Integer.class)
                .single();
    }

    public static LocalDateTime at(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
