package io.xiaoer.ordersync.cache;

import io.xiaoer.common.redis.RedisConfiguration;
import io.xiaoer.common.tenant.TenantTables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The connection to Redis, and the table of this package as the shops' own.
@Configuration(proxyBeanMethods = false)
@Import(RedisConfiguration.class)
class CacheConfiguration {

    @Bean
    TenantTables changeTables() {
        return TenantTables.of("card_change");
    }
}
