package io.xiaoer.bot.mining;

import io.xiaoer.common.tenant.TenantTables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The table of this package, each row a shop's.
@Configuration(proxyBeanMethods = false)
class MiningConfiguration {

    @Bean
    TenantTables miningTables() {
        return TenantTables.of("faq_unanswered");
    }
}
