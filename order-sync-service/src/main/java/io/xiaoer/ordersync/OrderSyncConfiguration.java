package io.xiaoer.ordersync;

import io.xiaoer.common.access.AccessConfiguration;
import io.xiaoer.common.access.AccessRules;
import io.xiaoer.common.access.Scopes;
import io.xiaoer.common.circuit.CircuitConfiguration;
import io.xiaoer.common.problem.ProblemConfiguration;
import io.xiaoer.common.request.RequestConfiguration;
import io.xiaoer.common.rest.RestConfiguration;
import io.xiaoer.common.schema.SchemaConfiguration;
import io.xiaoer.common.tenant.TenantConfiguration;
import io.xiaoer.common.tenant.TenantTables;
import io.xiaoer.common.time.TimeConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;

/// What all capabilities of this service stand on: who may call what, how bodies look, which tables are the
/// shops' own.
@Configuration(proxyBeanMethods = false)
@Import({
    AccessConfiguration.class,
    CircuitConfiguration.class,
    ProblemConfiguration.class,
    RequestConfiguration.class,
    RestConfiguration.class,
    SchemaConfiguration.class,
    TenantConfiguration.class,
    TimeConfiguration.class
})
class OrderSyncConfiguration {

    @Bean
    AccessRules accessRules() {
        return AccessRules.builder()
                .allow(HttpMethod.POST, "/api/v1/orders/*/unmask", Scopes.UNMASK)
                .allow(HttpMethod.POST, "/api/v1/commands/*/unmask", Scopes.UNMASK)
                .allow("/api/v1/orders/**", Scopes.MERCHANT)
                .allow("/api/v1/unmasks", Scopes.MERCHANT)
                .allow(HttpMethod.POST, "/api/v1/commands/after-sales", Scopes.MERCHANT, Scopes.INTERNAL)
                .allow(HttpMethod.POST, "/api/v1/commands/addresses", Scopes.MERCHANT, Scopes.INTERNAL)
                .allow(HttpMethod.POST, "/api/v1/commands/cancellations", Scopes.MERCHANT, Scopes.INTERNAL)
                .allow(HttpMethod.POST, "/api/v1/commands/coupons", Scopes.MERCHANT, Scopes.INTERNAL)
                .allow(HttpMethod.POST, "/api/v1/commands/service-requests", Scopes.MERCHANT, Scopes.INTERNAL)
                .allow(HttpMethod.GET, "/api/v1/commands/*", Scopes.MERCHANT, Scopes.INTERNAL)
                .allow("/api/v1/commands/**", Scopes.MERCHANT)
                .allow("/api/v1/service-policy", Scopes.MERCHANT)
                .allow("/api/v1/service-requests", Scopes.MERCHANT)
                .allow("/api/v1/service-requests/**", Scopes.MERCHANT)
                .allow("/api/v1/coupon-templates/**", Scopes.MERCHANT)
                .allow("/api/v1/inventory/**", Scopes.MERCHANT)
                .open(HttpMethod.POST, "/api/v1/sources/*/events")
                .allow("/api/v1/sources/**", Scopes.MERCHANT)
                .allow("/graphql", Scopes.MERCHANT, Scopes.INTERNAL)
                .build();
    }

    @Bean
    TenantTables orderTables() {
        return TenantTables.of("orders", "order_item", "shipment", "shipment_event", "after_sale", "erased_shopper");
    }
}
