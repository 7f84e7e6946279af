package io.xiaoer.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.cluster.SlotHash;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.testing.RedisCluster;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// The gateway over a Redis Cluster.
class RedisClusterIT {

    @Test
    void addressesAreCountedAndTicketsRedeemedOnEveryMaster(@TempDir Path directory) throws Exception {
        try (var cluster = new RedisCluster(directory)) {
            var door = new RedisDoor(
                    "redis://:" + cluster.password() + "@127.0.0.1:1", cluster.nodes(), Duration.ofSeconds(30));
            door.start();
            try {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> door.commands().isPresent());
                var limit = new AddressLimit(
                        new LimitSettings(2, Duration.ofMinutes(1), List.of()), door, new SimpleMeterRegistry());
                var redis = door.commands().orElseThrow();
                var masters = new HashSet<Integer>();
                for (int i = 1; i <= 24; i++) {
                    var address = InetAddress.ofLiteral("10.0.0." + i);
                    masters.add(SlotHash.getSlot("cs:ip:10.0.0." + i) * 3 / SlotHash.SLOT_COUNT);
                    assertThat(limit.count(address).block()).isInstanceOf(Admission.Counted.class);
                    assertThat(limit.count(address).block()).isInstanceOf(Admission.Counted.class);
                    assertThat(limit.count(address).block()).isInstanceOf(Admission.Refused.class);
                    redis.set("cs:ticket:" + i, "token").block();
                    assertThat(redis.getdel("cs:ticket:" + i).block()).isEqualTo("token");
                    assertThat(redis.getdel("cs:ticket:" + i).block()).isNull();
                }
                assertThat(masters).hasSize(3);
            } finally {
                door.stop();
            }
        }
    }

    /// The gateway's own scripts; those of users' keys are tested where they are called.
    @Test
    void aScriptOfTheGatewayHasOneKey() throws Exception {
        var scripts = new PathMatchingResourcePatternResolver().getResources("classpath*:lua/limit/*.lua");

        assertThat(Stream.of(scripts))
                .isNotEmpty()
                .allSatisfy(script -> assertThat(script.getContentAsString(StandardCharsets.UTF_8))
                        .contains("KEYS[1]")
                        .doesNotContain("KEYS[2]"));
    }
}
