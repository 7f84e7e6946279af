package io.xiaoer.ordersync.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.common.tenant.TenantViolation;
import io.xiaoer.ordersync.MadeOrder;
import io.xiaoer.ordersync.OrderService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/// The interceptor before the database itself, through mappers as they are.
@OrderService
class ShopsAreKeptApartIT {

    private static final ShopId MINE = new ShopId("1001");
    private static final ShopId OTHER = new ShopId("1002");

    private final OrderMapper mapper;
    private final TransactionTemplate transaction;

    @Autowired
    ShopsAreKeptApartIT(OrderMapper mapper, TransactionTemplate transaction) {
        this.mapper = mapper;
        this.transaction = transaction;
    }

    @Test
    void aStatementForTheWorksOwnShopPasses() {
        assertThat(Tenant.call(MINE, () -> mapper.items(MINE, List.of(MadeOrder.id(), MadeOrder.id()))))
                .isEmpty();
    }

    @Test
    void aStatementForAnotherShopIsRefused() {
        assertThatThrownBy(() -> Tenant.call(MINE, () -> mapper.find(OTHER, "W1")))
                .hasRootCauseInstanceOf(TenantViolation.class);
    }

    @Test
    void aStatementOutsideOfAnyShopsWorkIsRefused() {
        assertThatThrownBy(() -> mapper.find(MINE, "W1")).hasRootCauseInstanceOf(TenantViolation.class);
    }

    @Test
    void oneRowOfAnotherShopRefusesAllThatAreInserted() {
        var rows = List.of(item(MINE, 0), item(OTHER, 1));
        assertThatThrownBy(() -> Tenant.run(MINE, () -> mapper.insertItems(rows)))
                .hasRootCauseInstanceOf(TenantViolation.class);
    }

    @Test
    void whatASessionHasReadIsNotGivenToAnotherShopsWork() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    Tenant.run(MINE, () -> mapper.find(MINE, "W1"));
                    Tenant.run(OTHER, () -> mapper.find(MINE, "W1"));
                }))
                .hasRootCauseInstanceOf(TenantViolation.class);
    }

    private static ItemRow item(ShopId shop, int position) {
        return new ItemRow(shop, "W" + position, position, "s", "t", "{}", 1, 1, "CNY");
    }
}
