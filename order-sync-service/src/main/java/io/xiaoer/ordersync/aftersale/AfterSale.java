package io.xiaoer.ordersync.aftersale;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.xiaoer.ordersync.order.Money;
import io.xiaoer.ordersync.order.Rules;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An after-sale at one moment of its life.
///
/// @param type      `kind` is taken too, the word of the command that asks for one
/// @param amount    what the shopper gets back, if it is known
/// @param updatedAt the version: of two, the later one holds
/// @param platformStatus the state in the platform's own words
public record AfterSale(
        String id,
        @JsonAlias("kind") AfterSaleType type,
        AfterSaleStatus status,
        @Nullable String reason,
        @Nullable Money amount,
        Instant updatedAt,
        @Nullable String platformStatus) {

    public AfterSale {
        id = Rules.id("id", id);
        Rules.optional("reason", reason, 512);
        updatedAt = Rules.time("updated_at", updatedAt);
        Rules.platformStatus(platformStatus);
    }
}
