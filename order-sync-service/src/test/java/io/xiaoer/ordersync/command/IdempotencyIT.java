package io.xiaoer.ordersync.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.ordersync.OrderService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How long the answers to keys are kept.
@OrderService
class IdempotencyIT {

    @Autowired
    private Idempotency idempotency;

    @Autowired
    private JdbcClient database;

    @Test
    void oldKeysAreForgottenHoweverManyThereAre() {
        database.sql("INSERT INTO idempotency (shop_id, idem_key, fingerprint, created_at)"
                        + " SELECT 'old', seq, 'x', '2020-01-01' FROM seq_1_to_2500")
                .update();

        idempotency.forgetOldKeys();

        assertThat(database.sql("SELECT COUNT(*) FROM idempotency WHERE shop_id = 'old'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
