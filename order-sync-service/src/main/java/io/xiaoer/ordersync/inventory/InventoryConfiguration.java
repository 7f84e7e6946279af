package io.xiaoer.ordersync.inventory;

import io.xiaoer.common.tenant.TenantTables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Declares the tables of this package as the shops' own.
@Configuration(proxyBeanMethods = false)
class InventoryConfiguration {
    @Bean
    TenantTables inventoryTables() {
        return TenantTables.of("inventory", "inventory_lock");
    }
}
