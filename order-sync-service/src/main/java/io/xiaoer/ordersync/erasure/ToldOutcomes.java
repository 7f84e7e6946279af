package io.xiaoer.ordersync.erasure;

import io.xiaoer.common.event.Topic;
import io.xiaoer.ordersync.order.Bulk;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What shoppers are told of commands, in the rows of the outbox: on its way, or sent and kept for an hour.
@Component
class ToldOutcomes {
    private final JdbcClient jdbc;

    ToldOutcomes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Takes from the events of commands what is told to the shopper. That the commands ended is still told. Rows are
    /// taken one by one, as the relay takes them, so that neither waits for the other in turns.
    void forget(List<String> commands) {
        Bulk.each(
                commands,
                some -> jdbc.sql("SELECT id FROM outbox WHERE record_key IN (:keys) AND topic = :topic")
                        .param("keys", some)
                        .param("topic", Topic.Names.COMMERCE_EVENT)
                        .query(Long.class)
                        .list()
                        .forEach(this::forgetOf));
    }

    private void forgetOf(long row) {
        jdbc.sql(
                        "UPDATE outbox SET payload = JSON_REMOVE(CONVERT(payload USING utf8mb4), '$.body.content') WHERE id = ?")
                .param(row)
                .update();
    }
}
