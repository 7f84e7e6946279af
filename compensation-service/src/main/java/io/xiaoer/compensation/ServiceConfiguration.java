package io.xiaoer.compensation;

import io.xiaoer.common.access.AccessConfiguration;
import io.xiaoer.common.access.AccessRules;
import io.xiaoer.common.id.NodeLeaseConfiguration;
import io.xiaoer.common.outbox.OutboxConfiguration;
import io.xiaoer.common.problem.ProblemConfiguration;
import io.xiaoer.common.request.RequestConfiguration;
import io.xiaoer.common.rest.RestConfiguration;
import io.xiaoer.common.schema.SchemaConfiguration;
import io.xiaoer.common.tenant.TenantConfiguration;
import io.xiaoer.common.tenant.TenantTables;
import io.xiaoer.common.time.TimeConfiguration;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// What the service takes from the common library, who may call it, and its tables.
@Configuration(proxyBeanMethods = false)
@Import({
    RequestConfiguration.class,
    ProblemConfiguration.class,
    RestConfiguration.class,
    SchemaConfiguration.class,
    AccessConfiguration.class,
    TenantConfiguration.class,
    TimeConfiguration.class,
    OutboxConfiguration.class,
    NodeLeaseConfiguration.class
})
class ServiceConfiguration {
    @Bean
    AccessRules accessRules() {
        return AccessRules.builder()
                .allow("/api/v1/compensations/**", "merchant", "ops")
                .allow("/api/v1/webhooks/**", "merchant")
                .build();
    }

    @Bean
    TenantTables compensationTables() {
        return new TenantTables(
                Set.of("task", "webhook", "webhook_secret", "webhook_delivery", "webhook_lane"),
                Set.of("failure", "audit", "webhook_version"));
    }
}
