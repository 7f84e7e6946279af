package io.xiaoer.common.circuit;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The [Circuits] of a service that imports it.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CircuitSettings.class)
public class CircuitConfiguration {

    @Bean
    Circuits circuits(CircuitSettings settings, MeterRegistry registry) {
        return new Circuits(settings, registry);
    }
}
