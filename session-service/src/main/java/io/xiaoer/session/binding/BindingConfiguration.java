package io.xiaoer.session.binding;

import io.xiaoer.common.tenant.TenantTables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Declares the table of this package.
@Configuration(proxyBeanMethods = false)
class BindingConfiguration {

    @Bean
    TenantTables aliasTables() {
        return TenantTables.of("guest_alias");
    }
}
