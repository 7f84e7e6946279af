package io.xiaoer.ordersync.unmask;

import io.xiaoer.common.tenant.TenantTables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Declares the table of this package as the shops' own.
@Configuration(proxyBeanMethods = false)
class UnmaskConfiguration {
    @Bean
    TenantTables unmaskTables() {
        return TenantTables.of("unmask");
    }
}
