package io.xiaoer.ordersync.policy;

import io.xiaoer.common.tenant.TenantTables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Declares the table of this package as the shops' own.
@Configuration(proxyBeanMethods = false)
class PolicyConfiguration {
    @Bean
    TenantTables policyTables() {
        return TenantTables.of("service_policy");
    }
}
