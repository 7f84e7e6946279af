package io.xiaoer.compensation.webhook.address;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Gives out the name service, so that tests can give out theirs.
@Configuration(proxyBeanMethods = false)
class NamesConfiguration {
    private static final int MOST = 64;

    @Bean
    NameResolver names(@Value("${xiaoer.webhook.connect:3s}") Duration patience) {
        return new SystemNames(MOST, patience);
    }
}
