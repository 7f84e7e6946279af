package io.xiaoer.ordersync.ingest;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.xiaoer.ordersync.aftersale.AfterSale;
import io.xiaoer.ordersync.aftersale.AfterSaleStatus;
import io.xiaoer.ordersync.aftersale.AfterSaleType;
import io.xiaoer.ordersync.order.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The body of a `PUT` of an after-sale.
public record AfterSaleDocument(
        @JsonAlias("kind") AfterSaleType type,
        AfterSaleStatus status,
        @Nullable String reason,
        @Nullable Money amount,
        Instant updatedAt,
        @Nullable String platformStatus) {

    public AfterSale afterSale(String id) {
        return new AfterSale(id, type, status, reason, amount, updatedAt, platformStatus);
    }
}
