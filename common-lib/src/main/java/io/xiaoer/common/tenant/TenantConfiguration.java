package io.xiaoer.common.tenant;

import java.util.List;
import org.apache.ibatis.session.LocalCacheScope;
import org.mybatis.spring.boot.autoconfigure.ConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the interceptor before MyBatis. The service declares its tables as beans of type [TenantTables],
/// each package its own if it likes; a bean of this configuration that is missing means that no statement
/// passes, never that all do.
@Configuration(proxyBeanMethods = false)
public class TenantConfiguration {

    @Bean
    TenantInterceptor tenantInterceptor(List<TenantTables> tables) {
        return new TenantInterceptor(tables.stream().reduce(TenantTables.of(), TenantTables::and));
    }

    @Bean
    ShopIdTypeHandler shopIdTypeHandler() {
        return new ShopIdTypeHandler();
    }

    /// Cached rows would be given without a statement, and so without the check.
    @Bean
    ConfigurationCustomizer uncachedSessions() {
        return configuration -> {
            configuration.setLocalCacheScope(LocalCacheScope.STATEMENT);
            configuration.setCacheEnabled(false);
        };
    }
}
