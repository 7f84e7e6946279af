package io.xiaoer.session.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.testing.RedisCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/// The memory of Redis as its servers tell it.
class RedisMetersIT {

    private static final long LEAST = 64L << 20;

    @TempDir
    private static Path directory;

    private static RedisCluster cluster;

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @BeforeAll
    static void start() throws Exception {
        cluster = new RedisCluster(directory);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void theFullestMemberOfAClusterIsTold() {
        limit(0, 0);
        limit(1, LEAST);
        limit(2, 2 * LEAST);
        var members = new RedisClusterConfiguration(cluster.nodes());
        members.setPassword(RedisPassword.of(cluster.password()));

        look(members);

        assertThat(gauge("limit")).isEqualTo(LEAST);
        assertThat(gauge("used")).isBetween(100_000.0, (double) LEAST);
    }

    @Test
    void withoutALimitOfItsOwnRedisMayTakeWhatTheMachineHas() {
        limit(0, 0);

        look(alone(0));

        assertThat(gauge("limit")).isGreaterThan(LEAST);
        assertThat(gauge("used")).isBetween(100_000.0, gauge("limit"));
    }

    @Test
    void ofARedisThatIsAwayNothingIsKnown() {
        var away = alone(0);
        away.setPort(1);

        look(away);

        assertThat(gauge("used")).isNaN();
        assertThat(gauge("limit")).isNaN();
    }

    private void look(RedisConfiguration where) {
        var connections = where instanceof RedisClusterConfiguration members
                ? new LettuceConnectionFactory(members)
                : new LettuceConnectionFactory((RedisStandaloneConfiguration) where);
        connections.start();
        try {
            new RedisMeters(new StringRedisTemplate(connections), connections, registry).look();
        } finally {
            connections.destroy();
        }
    }

    private static RedisStandaloneConfiguration alone(int member) {
        var server = cluster.member(member);
        var configuration = new RedisStandaloneConfiguration(server.getHost(), server.getPort());
        configuration.setPassword(RedisPassword.of(cluster.password()));
        return configuration;
    }

    private static void limit(int member, long bytes) {
        try (var client = RedisClient.create(cluster.member(member));
                var connection = client.connect()) {
            connection.sync().configSet("maxmemory", Long.toString(bytes));
        }
    }

    private double gauge(String name) {
        return registry.get("xiaoer.redis.memory." + name).gauge().value();
    }
}
