package io.xiaoer.session.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.ClusterClientOptions;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/// The ways in which the runbook says that Redis is named, over the service's own settings.
class RedisSettingsTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
            .withPropertyValues("REDIS_URL=redis://:hush@one:6390", "spring.threads.virtual.enabled=false");

    @Test
    void aUrlAloneIsOneRedis() {
        service.run(context -> {
            var redis = context.getBean(LettuceConnectionFactory.class);

            assertThat(redis.isClusterAware()).isFalse();
            assertThat(redis.isRedisSentinelAware()).isFalse();
            assertThat(redis.getHostName()).isEqualTo("one");
            assertThat(redis.getPort()).isEqualTo(6390);
        });
    }

    @Test
    void nodesMakeItAClusterWithTheUrlsPassword() {
        service.withSystemProperties("spring.data.redis.cluster.nodes=a:7000,b:7001")
                .run(context -> {
                    var redis = context.getBean(LettuceConnectionFactory.class);
                    var cluster = Objects.requireNonNull(redis.getClusterConfiguration());

                    assertThat(redis.isClusterAware()).isTrue();
                    assertThat(cluster.getClusterNodes())
                            .containsExactlyInAnyOrder(new RedisNode("a", 7000), new RedisNode("b", 7001));
                    assertThat(cluster.getPassword().toOptional().map(String::new))
                            .contains("hush");
                    var options =
                            redis.getClientConfiguration().getClientOptions().orElseThrow();
                    assertThat(options)
                            .asInstanceOf(InstanceOfAssertFactories.type(ClusterClientOptions.class))
                            .satisfies(found -> assertThat(
                                            found.getTopologyRefreshOptions().getRefreshPeriod())
                                    .isEqualTo(Duration.ofSeconds(30)));
                });
    }

    @Test
    void aMastersNameMakesItSentinels() {
        service.withSystemProperties(
                        "spring.data.redis.sentinel.master=shop", "spring.data.redis.sentinel.nodes=s1:26379,s2:26379")
                .run(context -> {
                    var redis = context.getBean(LettuceConnectionFactory.class);
                    var sentinels = Objects.requireNonNull(redis.getSentinelConfiguration());

                    assertThat(redis.isRedisSentinelAware()).isTrue();
                    assertThat(Objects.requireNonNull(sentinels.getMaster()).getName())
                            .isEqualTo("shop");
                    assertThat(sentinels.getSentinels()).hasSize(2);
                    assertThat(sentinels.getPassword().toOptional().map(String::new))
                            .contains("hush");
                });
    }
}
