package io.xiaoer.session;

import io.xiaoer.common.access.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/// Who may call what, for all packages of the service in one place. What is not named here is refused.
@Configuration(proxyBeanMethods = false)
class SessionAccess {

    @Bean
    AccessRules sessionRules() {
        return AccessRules.builder()
                // These three check what comes with the call themselves.
                .open(HttpMethod.POST, "/api/v1/bot/guest-tokens")
                .open(HttpMethod.POST, "/internal/tokens")
                .open(HttpMethod.GET, "/oauth2/jwks")
                .allow("/api/v1/bot/chat-tokens", "merchant")
                .allow("/api/v1/bot/**", "guest", "chat", "agent")
                .allow("/api/v1/im/tickets", "guest", "chat", "agent")
                .allow("/im", "guest", "chat", "agent")
                .allow("/api/v1/agent/**", "agent")
                .allow("/api/v1/shop", "merchant")
                .allow("/api/v1/announcements", "merchant")
                .allow("/api/v1/users/**", "merchant")
                .allow("/api/v1/ops/**", "ops")
                .allow("/internal/**", "internal")
                // On this port alone: the gateway has no route to it.
                .allow("/operator/**", "ops")
                .build();
    }
}
