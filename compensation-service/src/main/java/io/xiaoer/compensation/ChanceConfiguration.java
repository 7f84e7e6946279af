package io.xiaoer.compensation;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Gives out chance, so that tests can give out theirs.
@Configuration(proxyBeanMethods = false)
class ChanceConfiguration {
    @Bean
    RandomGenerator chance() {
        return new SecureRandom();
    }
}
