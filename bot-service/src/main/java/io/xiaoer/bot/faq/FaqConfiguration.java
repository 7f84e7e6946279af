package io.xiaoer.bot.faq;

import io.xiaoer.common.tenant.TenantTables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The tables of this package, each row a shop's.
@Configuration(proxyBeanMethods = false)
class FaqConfiguration {

    @Bean
    TenantTables faqTables() {
        return TenantTables.of("faq", "faq_revision", "faq_version");
    }
}
