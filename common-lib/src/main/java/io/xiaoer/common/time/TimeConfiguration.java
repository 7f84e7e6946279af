package io.xiaoer.common.time;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts moments as UTC through MyBatis; a service whose rows hold an [java.time.Instant] imports it.
@Configuration(proxyBeanMethods = false)
public class TimeConfiguration {
    @Bean
    UtcInstantTypeHandler utcInstantTypeHandler() {
        return new UtcInstantTypeHandler();
    }
}
