package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;

/// Tokens of another shop than the first, one for each scope.
final class Strangers {

    private final Suite suite = Suite.get();
    private final String word = Made.word();
    private final String user;
    private final Map<String, Rest> strangers = new LinkedHashMap<>();

    /// @param user the name of a shopper of the first shop, who is another one there
    Strangers(String user) {
        this.user = user;
    }

    Rest of(String scope) {
        return strangers.computeIfAbsent(scope, each -> switch (each) {
            case "merchant" -> Made.merchant(Made.OTHER_SHOP);
            case "unmask" -> new Rest(suite.gateway(), suite.unmask(Made.OTHER_SHOP));
            case "agent" -> new Rest(suite.gateway(), suite.agent(Made.OTHER_SHOP));
            case "chat" -> Shopper.of(Made.OTHER_SHOP, user).rest();
            case "guest" -> guest();
            // An operator's token is of no shop and sees all: here it is the merchant who must not.
            case "ops" -> Made.merchant(Made.OTHER_SHOP);
            case "nobody" -> new Rest(suite.gateway(), "");
            default -> throw new IllegalArgumentException("no token is known for the scope " + each);
        });
    }

    private Rest guest() {
        var token = new Rest(suite.gateway(), "")
                .post("/api/v1/bot/guest-tokens", Map.of("shop_id", Made.OTHER_SHOP, "device_id", "g-" + word));
        assertThat(token.status()).as(token.text()).isIn(200, 201);
        return new Rest(suite.gateway(), token.attributes().getString("token"));
    }
}
