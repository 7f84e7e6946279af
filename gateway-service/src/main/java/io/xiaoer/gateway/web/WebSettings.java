package io.xiaoer.gateway.web;

import io.xiaoer.common.access.Cidrs;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param trustedProxies address ranges of proxies whose `X-Forwarded-*` headers are believed; none by default
/// @param bodyPause how long the next piece of a body may take to come
/// @param bodyWithin how long all of a body may take
@ConfigurationProperties("xiaoer.gateway")
public record WebSettings(
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("10s") Duration bodyPause,
        @DefaultValue("2m") Duration bodyWithin) {
    /// @throws IllegalArgumentException naming the setting that is out of its bounds
    public WebSettings {
        Cidrs.require("xiaoer.gateway.trusted-proxies (XIAOER_TRUSTED_PROXIES)", trustedProxies);
        if (bodyPause.toMillis() < 100 || bodyWithin.compareTo(bodyPause) < 0) {
            throw new IllegalArgumentException(
                    "xiaoer.gateway.body-pause must be 100ms at least, and body-within not shorter");
        }
    }
}
