package io.xiaoer.compensation.webhook.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.outbox.Lease;
import io.xiaoer.compensation.CompensationService;
import io.xiaoer.compensation.webhook.Webhook;
import io.xiaoer.compensation.webhook.WebhookEvent;
import io.xiaoer.compensation.webhook.WebhookSettings;
import io.xiaoer.compensation.webhook.Webhooks;
import io.xiaoer.compensation.webhook.delivery.DeliveryQueue;
import io.xiaoer.compensation.webhook.delivery.NewDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What time does to webhooks.
@CompensationService
class SweepIT {
    private final ShopId shop = new ShopId("v-" + UUID.randomUUID().toString().substring(0, 8));

    @Autowired
    private Sweep sweep;

    @Autowired
    private Webhooks webhooks;

    @Autowired
    private DeliveryQueue queue;

    @Autowired
    private WebhookSettings settings;

    @Autowired
    private JdbcClient jdbc;

    /// The service's own sweep, which comes every minute, would give up what a test has just made.
    @BeforeEach
    void leaveTheSweepToTheTest() {
        await().until(() -> new Lease(jdbc, "webhooks").hold("a-test", Duration.ofMinutes(5)));
    }

    @AfterEach
    void giveTheLeaseBack() {
        new Lease(jdbc, "webhooks").release("a-test");
    }

    @Test
    void oldDeliveriesAndSecretsGoAndWhatIsYoungOrWaitsForAPersonStays() {
        var id = disabled();
        add(id, 4);
        end("DELIVERED", "evt_0", Instant.now().minus(settings.keep()).minusSeconds(60));
        end("DELIVERED", "evt_1", Instant.now());
        end("DISCARDED", "evt_2", Instant.now().minus(settings.keep()).minusSeconds(60));
        end("EXHAUSTED", "evt_3", Instant.now().minus(settings.keep()).minusSeconds(60));
        webhooks.rotate(shop, id, "test");
        jdbc.sql("UPDATE webhook_secret SET until_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND"
                        + " WHERE webhook_id = ? AND until_at IS NOT NULL")
                .param(id)
                .update();

        sweep.sweep();
        sweep.sweep();

        assertThat(jdbc.sql("SELECT event_id FROM webhook_delivery WHERE webhook_id = ? ORDER BY seq")
                        .param(id)
                        .query((row, number) -> row.getString("event_id"))
                        .list())
                .containsExactly("evt_1", "evt_3");
        assertThat(count("webhook_secret", "webhook_id", id)).isEqualTo(1);
    }

    @Test
    void whatWaitsForADisabledEndpointIsGivenUpAndWhatIsLeftOfADeletedOneGoes() {
        var id = disabled();
        add(id, 3);

        sweep.sweep();

        assertThat(jdbc.sql("SELECT COUNT(*) FROM webhook_delivery WHERE webhook_id = ? AND status = 'DISCARDED'"
                                + " AND reason = 'disabled'")
                        .param(id)
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
        webhooks.delete(shop, id, "test");
        sweep.sweep();
        for (var table : new String[] {"webhook_delivery", "webhook_lane", "webhook_secret"}) {
            assertThat(count(table, "webhook_id", id)).as(table).isZero();
        }
        assertThat(count("webhook", "id", id)).isZero();
    }

    @Test
    void anEndpointThatIsLeftBehindTooFarIsDisabled() {
        var id = disabled();
        add(id, 1);
        jdbc.sql("INSERT INTO webhook_delivery (shop_id, id, webhook_id, event_id, event, lane, status, since_at,"
                        + " created_at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= ?)"
                        + " SELECT ?, i, ?, CONCAT('e', i), 'message.created', 'lane-0', 'PENDING', UTC_TIMESTAMP(6),"
                        + " UTC_TIMESTAMP(6) FROM n")
                .params(settings.queue(), shop.value(), id)
                .update();
        jdbc.sql("UPDATE webhook_lane SET next_at = '2100-01-01' WHERE webhook_id = ?")
                .param(id)
                .update();
        webhooks.enable(shop, id, "test");

        sweep.sweep();

        var found = webhooks.find(shop, id).orElseThrow();
        assertThat(found.status()).isEqualTo(Webhook.Status.DISABLED);
        assertThat(found.reason()).isEqualTo("queue_full");
        webhooks.delete(shop, id, "test");
        for (int i = 0; i < 5 && count("webhook", "id", id) > 0; i++) {
            sweep.sweep();
        }
        assertThat(count("webhook", "id", id)).isZero();
    }

    /// Told nothing, so that nothing is sent from here.
    private String disabled() {
        var made = webhooks.create(
                shop, "test", "https://hooks.example.com/", EnumSet.of(WebhookEvent.MESSAGE_CREATED), null);
        webhooks.disable(shop, made.webhook().id(), "gone");
        return made.webhook().id();
    }

    private void add(String webhook, int number) {
        var all = new ArrayList<NewDelivery>();
        for (int i = 0; i < number; i++) {
            all.add(new NewDelivery(
                    shop,
                    webhook,
                    WebhookEvent.MESSAGE_CREATED,
                    "evt_" + i,
                    "lane-" + i,
                    null,
                    Instant.now(),
                    "{}".getBytes(StandardCharsets.UTF_8)));
        }
        queue.add(all);
    }

    private void end(String status, String event, Instant at) {
        jdbc.sql("UPDATE webhook_delivery SET status = ?, ended_at = ? WHERE shop_id = ? AND event_id = ?")
                .params(status, DeliveryQueue.at(at), shop.value(), event)
                .update();
    }

    private int count(String table, String column, String id) {
        return jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE shop_id = ? AND " + column + " = ?")
                .params(shop.value(), id)
                .query(Integer.class)
                .single();
    }
}
