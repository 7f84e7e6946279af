package io.xiaoer.ordersync.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.ordersync.OrderService;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What asks for the same under one key, and how long the answers to keys are kept.
@OrderService
class IdempotencyIT {

    @Autowired
    private Idempotency idempotency;

    @Autowired
    private JdbcClient database;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            coupons          | {"user_id":"u","template_id":"t%s"}
            prices           | {"order_id":"o%s","new_total":{"amount_minor":1,"currency":"CNY"},"reason":"r"}
            inventory-locks  | {"sku":"a%s","quantity":1,"ttl_s":60}
            after-sales      | {"order_id":"o%s","kind":"refund_only","reason":"r"}
            addresses        | {"order_id":"o%s","receiver":{"name":"n"}}
            cancellations    | {"order_id":"o%s"}
            service-requests | {"order_id":"o%s","kind":"urge"}
            """)
    void blanksAtTheEndOfAnIdAskForNothingElse(String kind, String body) {
        var merchant =
                new CommandClient(port, "k-" + UUID.randomUUID().toString().substring(0, 8));
        var key = CommandClient.key();
        var asked = CommandClient.id(merchant.post(kind, key, body.formatted("")));

        var again = merchant.post(kind, key, body.formatted(" "));

        assertThat(CommandClient.id(again)).isEqualTo(asked);
    }

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
