package io.xiaoer.gateway.canary;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.gateway.limit.RedisDoor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Wires who is served by which version.
@Configuration(proxyBeanMethods = false)
class CanaryConfiguration {

    @Bean
    CanaryWatch canaryWatch(RedisDoor redis, MeterRegistry meters) {
        return new CanaryWatch(redis, System::nanoTime, meters);
    }

    @Bean
    CanaryFilter canaryFilter(CanaryWatch watch) {
        return new CanaryFilter(watch);
    }
}
