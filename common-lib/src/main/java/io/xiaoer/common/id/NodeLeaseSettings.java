package io.xiaoer.common.id;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How a service comes to its node numbers, `xiaoer.ids.*`.
///
/// @param firstNode the first of the service's own [NodeLease#NODES_OF_A_SERVICE] numbers, so that no two services
/// share one
/// @param lease how long a number is leased; so long ids are made while the database is away
/// @param renew how often the lease is renewed
@ConfigurationProperties("xiaoer.ids")
public record NodeLeaseSettings(
        int firstNode,
        @DefaultValue("10m") Duration lease,
        @DefaultValue("30s") Duration renew) {

    public NodeLeaseSettings {
        require(
                firstNode >= 0 && firstNode % NodeLease.NODES_OF_A_SERVICE == 0 && firstNode < SnowflakeIds.NODES,
                "first-node",
                firstNode,
                "must be 0, 256, 512 or 768");
        require(lease.compareTo(Duration.ofSeconds(1)) >= 0, "lease", lease, "must be at least 1s");
        require(
                renew.toMillis() > 0 && renew.multipliedBy(3).compareTo(lease) <= 0,
                "renew",
                renew,
                "must be at most a third of the lease");
    }

    private static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("xiaoer.ids." + field + " = " + value + ' ' + rule);
        }
    }
}
