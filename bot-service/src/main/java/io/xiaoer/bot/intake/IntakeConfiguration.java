package io.xiaoer.bot.intake;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The intake's settings and its part of readiness: the instance has joined its group.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntakeSettings.class)
class IntakeConfiguration {

    @Bean
    HealthIndicator intakeHealthIndicator(QuestionPump pump) {
        return () -> (pump.hasJoined() ? Health.up() : Health.down()).build();
    }
}
