package io.xiaoer.session.retention;

import io.xiaoer.common.outbox.Lease;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Wires the work that one node does at a time.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionSettings.class)
class RetentionConfiguration {

    @Bean
    Lease retentionLease(JdbcClient jdbc) {
        return new Lease(jdbc, "retention");
    }

    @Bean
    Lease expiryLease(JdbcClient jdbc) {
        return new Lease(jdbc, "expiry");
    }
}
