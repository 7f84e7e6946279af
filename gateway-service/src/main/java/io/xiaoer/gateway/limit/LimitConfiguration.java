package io.xiaoer.gateway.limit;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Wires the limit and the connection to Redis.
@Configuration(proxyBeanMethods = false)
class LimitConfiguration {

    @Bean
    RedisDoor redisDoor(
            @Value("${xiaoer.redis-url}") String url,
            @Value("${spring.data.redis.cluster.nodes:}") List<String> nodes) {
        return new RedisDoor(url, nodes);
    }

    @Bean
    AddressLimit addressLimit(LimitSettings settings, RedisDoor redis, MeterRegistry meters) {
        return new AddressLimit(settings, redis, meters);
    }
}
