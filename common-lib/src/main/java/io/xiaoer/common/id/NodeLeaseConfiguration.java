package io.xiaoer.common.id;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Wires [SnowflakeIds] with a leased node number; a service imports it, has the table of `db/template/node_lease.sql`
/// in a migration of its own and names its first number.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NodeLeaseSettings.class)
public class NodeLeaseConfiguration {

    @Bean
    SnowflakeIds snowflakeIds(Clock clock) {
        return new SnowflakeIds(clock);
    }

    @Bean
    NodeLease nodeLease(
            JdbcClient jdbc,
            SnowflakeIds ids,
            NodeLeaseSettings settings,
            @Value("${XIAOER_NODE:${spring.application.name:service}}") String node,
            MeterRegistry registry,
            Clock clock) {
        return new NodeLease(new NodeLeaseTable(jdbc), ids, settings, node + '/' + UUID.randomUUID(), registry, clock);
    }
}
