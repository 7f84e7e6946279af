package io.xiaoer.common.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.common.id.ShopId;
import org.junit.jupiter.api.Test;

/// How work is bound to a shop.
class TenantTest {

    private static final ShopId MINE = new ShopId("1001");
    private static final ShopId OTHER = new ShopId("1002");

    @Test
    void workSeesItsShopAndNothingRemains() {
        assertThat(Tenant.<ShopId, RuntimeException>call(MINE, Tenant::require)).isEqualTo(MINE);
        assertThat(Tenant.current()).isEmpty();
    }

    @Test
    void workWithoutAShopIsRefused() {
        assertThatThrownBy(Tenant::require).isInstanceOf(TenantViolation.class);
    }

    @Test
    void theWorkOfOneShopDoesNotTurnIntoAnothers() {
        assertThatThrownBy(() -> Tenant.run(MINE, () -> Tenant.run(OTHER, () -> {})))
                .isInstanceOf(TenantViolation.class);
    }
}
