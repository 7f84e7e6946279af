package io.xiaoer.compensation;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/// Starts compensation-service. The capabilities are found by scanning the packages below this one.
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class CompensationApplication {
    public static void main(String[] args) {
        SpringApplication.run(CompensationApplication.class, args);
    }
}
