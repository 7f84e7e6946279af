package io.xiaoer.common.problem;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Import this into a service on servlets: every failure becomes a problem.
@Configuration(proxyBeanMethods = false)
public class ProblemConfiguration {

    @Bean
    ProblemAdvice problemAdvice() {
        return new ProblemAdvice();
    }

    @Bean
    ProblemErrorController problemErrorController() {
        return new ProblemErrorController();
    }

    @Bean
    JettyBorder jettyBorder() {
        return new JettyBorder();
    }
}
