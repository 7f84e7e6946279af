package io.xiaoer.common.access;

import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// The token check alone, for any stack; [AccessConfiguration] brings it along. Wants a [Clock].
///
/// Reads `ISSUER_URI`, `ISSUER_JWKS_URI` (optional), `SUITE_ISSUER` (default `urn:xiaoer:suite`) and `SUITE_JWKS_URI`.
/// Tokens of scope `internal` must be meant for `xiaoer.access.service`, by default the application's name; empty for a
/// process that takes them for nobody. A bean named `suiteKeys` takes the place of the suite's keys over HTTP.
@Configuration(proxyBeanMethods = false)
public class TokenConfiguration {

    @Bean
    AccessSettings accessSettings(Environment environment) {
        return new AccessSettings(
                environment.getRequiredProperty("ISSUER_URI"),
                uri(environment.getProperty("ISSUER_JWKS_URI")),
                environment.getProperty("SUITE_ISSUER", "urn:xiaoer:suite"),
                URI.create(environment.getRequiredProperty("SUITE_JWKS_URI")),
                text(environment.getProperty(
                        "xiaoer.access.service", environment.getProperty("spring.application.name", ""))));
    }

    @Bean
    @ConditionalOnMissingBean(name = "organisationKeys")
    KeySource organisationKeys(AccessSettings settings, Clock clock) {
        return new RemoteKeys(settings.issuer(), settings.issuerKeys(), RemoteKeys.httpClient(), clock);
    }

    @Bean
    @ConditionalOnMissingBean(name = "suiteKeys")
    KeySource suiteKeys(AccessSettings settings, Clock clock) {
        return new RemoteKeys(settings.suiteIssuer(), settings.suiteKeys(), RemoteKeys.httpClient(), clock);
    }

    @Bean
    TokenVerifier tokenVerifier(AccessSettings settings, KeySource organisationKeys, KeySource suiteKeys, Clock clock) {
        return new TokenVerifier(settings, organisationKeys, suiteKeys, clock);
    }

    private static @Nullable String text(String value) {
        return value.isBlank() ? null : value;
    }

    private static @Nullable URI uri(@Nullable String value) {
        return value == null || value.isBlank() ? null : URI.create(value);
    }
}
