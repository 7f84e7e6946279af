package io.xiaoer.ordersync.request;

import io.xiaoer.common.tenant.TenantTables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Declares the table of this package as the shops' own.
@Configuration(proxyBeanMethods = false)
class RequestConfiguration {
    @Bean
    TenantTables requestTables() {
        return TenantTables.of("service_request");
    }
}
