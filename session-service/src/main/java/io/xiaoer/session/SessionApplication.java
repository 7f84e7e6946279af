package io.xiaoer.session;

import io.xiaoer.common.access.AccessConfiguration;
import io.xiaoer.common.outbox.OutboxConfiguration;
import io.xiaoer.common.problem.ProblemConfiguration;
import io.xiaoer.common.request.RequestConfiguration;
import io.xiaoer.common.rest.RestConfiguration;
import io.xiaoer.common.schema.SchemaConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/// Starts session-service. The capabilities are found by scanning the packages below this one.
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@ConfigurationPropertiesScan
@EnableScheduling
@Import({
    AccessConfiguration.class,
    OutboxConfiguration.class,
    ProblemConfiguration.class,
    RequestConfiguration.class,
    RestConfiguration.class,
    SchemaConfiguration.class
})
public class SessionApplication {
    public static void main(String[] args) {
        SpringApplication.run(SessionApplication.class, args);
    }
}
