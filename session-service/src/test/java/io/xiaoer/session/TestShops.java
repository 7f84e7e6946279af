package io.xiaoer.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.TestIssuers;
import java.util.UUID;

/// Shops for tests, made as an operator makes them.
public final class TestShops {
    private TestShops() {}

    /// Makes a shop with default settings under an id of its own.
    public static String create(String baseUrl) {
        return create(baseUrl, "{}");
    }

    /// Makes a shop with these settings under an id of its own.
    public static String create(String baseUrl, String settings) {
        var shop = "t-" + UUID.randomUUID().toString().substring(0, 18);
        var reply = HttpCall.put(baseUrl + "/api/v1/ops/shops/" + shop)
                .bearer(TestIssuers.ops())
                .json(settings)
                .send();
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        return shop;
    }
}
