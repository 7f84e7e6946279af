package io.xiaoer.compensation.webhook.sweep;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.compensation.webhook.delivery.DeliveryQueue;
import io.xiaoer.compensation.webhook.delivery.Lane.Endpoint;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// The statements of the sweep, over all shops.
@Component
class SweepTables {
    private static final String OF = " WHERE shop_id = :shop AND webhook_id = :webhook";

    private final JdbcClient jdbc;

    SweepTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Deletes deliveries of a status that ended before a moment, at most `limit`; says how many.
    int deleteEnded(String status, Instant before, int limit) {
        return jdbc.sql("DELETE FROM webhook_delivery WHERE status = ? AND ended_at < ? ORDER BY ended_at LIMIT ?")
                .params(status, DeliveryQueue.at(before), limit)
                .update();
    }

    int deleteSecrets(Instant before, int limit) {
        return jdbc.sql("DELETE FROM webhook_secret WHERE until_at < ? ORDER BY until_at LIMIT ?")
                .params(DeliveryQueue.at(before), limit)
                .update();
    }

    List<Endpoint> ofStatus(String status, int limit) {
        return jdbc.sql("SELECT shop_id, id AS webhook_id FROM webhook WHERE status = ? LIMIT ?")
                .params(status, limit)
                .query((row, number) -> new Endpoint(new ShopId(row.getString("shop_id")), row.getString("webhook_id")))
                .list();
    }

    /// Endpoints for which something waits.
    List<Endpoint> withLanes(int limit) {
        return jdbc.sql("SELECT shop_id, webhook_id FROM webhook_lane GROUP BY shop_id, webhook_id LIMIT ?")
                .param(limit)
                .query((row, number) -> new Endpoint(new ShopId(row.getString("shop_id")), row.getString("webhook_id")))
                .list();
    }

    /// How much waits for an endpoint, counted no further than the limit.
    int waiting(Endpoint endpoint, int limit) {
        return jdbc.sql("SELECT COUNT(*) FROM (SELECT 1 FROM webhook_delivery" + OF
                        + " AND status = 'PENDING' LIMIT :limit) waits")
                .param("shop", endpoint.shop().value())
                .param("webhook", endpoint.webhook())
                .param("limit", limit)
                .query(Integer.class)
                .single();
    }

    /// Tasks of deliveries of an endpoint that a person was asked about, or that were sent again since.
    List<String> tasks(Endpoint endpoint, int limit) {
        return jdbc.sql("SELECT task_id FROM webhook_delivery" + OF
                        + " AND status IN ('PENDING', 'EXHAUSTED') AND task_id IS NOT NULL LIMIT :limit")
                .param("shop", endpoint.shop().value())
                .param("webhook", endpoint.webhook())
                .param("limit", limit)
                .query((row, number) -> row.getString("task_id"))
                .list();
    }

    /// Gives up what waits for an endpoint and is nobody's task, at most `limit`; says how many.
    int discard(Endpoint endpoint, String reason, Instant now, int limit) {
        return jdbc.sql("UPDATE webhook_delivery SET status = 'DISCARDED', reason = :reason, next_at = NULL,"
                        + " ended_at = :now" + OF + " AND status = 'PENDING' AND task_id IS NULL LIMIT :limit")
                .param("shop", endpoint.shop().value())
                .param("webhook", endpoint.webhook())
                .param("reason", reason)
                .param("now", DeliveryQueue.at(now))
                .param("limit", limit)
                .update();
    }

    /// Ends a delivery whose task was given up.
    void discardOfTask(Endpoint endpoint, String task, Instant now) {
        jdbc.sql("UPDATE webhook_delivery SET status = 'DISCARDED', next_at = NULL, ended_at = :now" + OF
                        + " AND task_id = :task AND status IN ('PENDING', 'EXHAUSTED')")
                .param("shop", endpoint.shop().value())
                .param("webhook", endpoint.webhook())
                .param("task", task)
                .param("now", DeliveryQueue.at(now))
                .update();
    }

    int deleteLanes(Endpoint endpoint, int limit) {
        return delete("webhook_lane", endpoint, limit);
    }

    int deleteDeliveries(Endpoint endpoint, int limit) {
        return delete("webhook_delivery", endpoint, limit);
    }

    private int delete(String table, Endpoint endpoint, int limit) {
        return jdbc.sql("DELETE FROM " + table + OF + " LIMIT :limit")
                .param("shop", endpoint.shop().value())
                .param("webhook", endpoint.webhook())
                .param("limit", limit)
                .update();
    }

    /// The end of a deleted endpoint that has no deliveries any more.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void deleteEndpoint(Endpoint endpoint) {
        jdbc.sql("DELETE FROM webhook_secret" + OF)
                .param("shop", endpoint.shop().value())
                .param("webhook", endpoint.webhook())
                .update();
        jdbc.sql("DELETE FROM webhook WHERE shop_id = :shop AND id = :webhook AND status = 'DELETED'")
                .param("shop", endpoint.shop().value())
                .param("webhook", endpoint.webhook())
                .update();
    }
}
