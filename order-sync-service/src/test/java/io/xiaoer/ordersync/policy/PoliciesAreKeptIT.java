package io.xiaoer.ordersync.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.ordersync.OrderService;
import io.xiaoer.ordersync.command.CommandClient;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// How far a shop's shoppers may help themselves, as the merchant says.
@OrderService
class PoliciesAreKeptIT {
    @LocalServerPort
    private int port;

    private CommandClient merchant;

    @BeforeEach
    void caller() {
        merchant = new CommandClient(port, "s-" + UUID.randomUUID().toString().substring(0, 8));
    }

    @Test
    void aShopThatHasSetNothingHasTheDefaults() {
        var policy = merchant.get("/service-policy").json("data", "attributes");

        assertThat(policy.path("return_days").asInt()).isEqualTo(30);
        assertThat(policy.path("exchange_days").asInt()).isEqualTo(30);
        assertThat(policy.path("price_protection_days").asInt()).isEqualTo(7);
        assertThat(policy.path("compensations")).isEmpty();
    }

    @Test
    void whatIsPutStandsAndWhatIsLeftOutHasItsDefault() {
        merchant.put("/service-policy", "{\"return_days\":14,\"compensations\":{\"late\":\"sorry-5\"}}");
        var put = merchant.put("/service-policy", "{\"exchange_days\":20,\"compensations\":{\"expired\":\"again\"}}");

        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        var policy = merchant.get("/service-policy").json("data", "attributes");
        assertThat(policy.path("return_days").asInt()).isEqualTo(30);
        assertThat(policy.path("exchange_days").asInt()).isEqualTo(20);
        assertThat(policy.path("compensations").path("expired").asString()).isEqualTo("again");
        assertThat(policy.path("compensations").has("late")).isFalse();
    }

    @Test
    void aTemplateIsNamedWithoutTheBlanksAtItsEnd() {
        merchant.put("/service-policy", "{\"compensations\":{\"late\":\"sorry-5 \"}}");

        assertThat(merchant.get("/service-policy")
                        .json("data", "attributes", "compensations", "late")
                        .asString())
                .isEqualTo("sorry-5");
    }

    @Test
    void aCauseWithoutATemplateIsLeftOut() {
        var put = merchant.put("/service-policy", "{\"compensations\":{\"late\":null,\"expired\":\"again\"}}");

        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        var compensations = put.json("data", "attributes", "compensations");
        assertThat(compensations.has("late")).isFalse();
        assertThat(compensations.path("expired").asString()).isEqualTo("again");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"return_days":-1}
            {"price_protection_days":4000}
            {"exchange_days":"ten"}
            {"compensations":{"rain":"sorry-5"}}
            {"compensations":{"late":""}}
            {"compensations":{"":"sorry-5"}}
            """)
    void badInputIsRefused(String body) {
        assertThat(merchant.put("/service-policy", body).status()).isEqualTo(400);
    }
}
