package io.xiaoer.ordersync.coupon;

import io.xiaoer.common.tenant.TenantTables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Declares the tables of this package as the shops' own.
@Configuration(proxyBeanMethods = false)
class CouponConfiguration {
    @Bean
    TenantTables couponTables() {
        return TenantTables.of("coupon_template", "coupon");
    }
}
