package io.xiaoer.session.token;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Reads keys and secrets at the start, so that a wrong one ends it there.
@Configuration(proxyBeanMethods = false)
class TokenBeans {

    /// Takes the place of the keys over HTTP: this service is where the others read them.
    @Bean
    SuiteKeys suiteKeys(TokenProperties properties) {
        return SuiteKeys.parse(properties.signingKey(), properties.olderKeys());
    }

    @Bean
    SuiteTokens suiteTokens(TokenProperties properties, SuiteKeys keys, Clock clock) {
        return new SuiteTokens(properties.issuer(), keys, clock);
    }

    @Bean
    ServiceSecrets serviceSecrets(TokenProperties properties) {
        return ServiceSecrets.parse(properties.serviceSecrets());
    }
}
