package io.xiaoer.common.schema;

import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// Gives Flyway connections to the service's database that are not the pool's: what ends a query that hangs would end
/// a migration of a large table.
@Configuration(proxyBeanMethods = false)
public class SchemaConfiguration {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    @Bean
    FlywayConfigurationCustomizer schemaConnection(DataSourceProperties database) {
        var options = new Properties();
        put(options, "user", database.determineUsername());
        put(options, "password", database.determinePassword());
        options.setProperty("connectTimeout", Long.toString(CONNECT.toMillis()));
        var connections = new DriverManagerDataSource(database.determineUrl(), options);
        return flyway -> flyway.dataSource(connections);
    }

    private static void put(Properties options, String name, @Nullable String value) {
        if (value != null) {
            options.setProperty(name, value);
        }
    }
}
