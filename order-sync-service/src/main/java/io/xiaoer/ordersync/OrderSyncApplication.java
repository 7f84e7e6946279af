package io.xiaoer.ordersync;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/// Starts order-sync-service. The capabilities are found by scanning the packages below this one.
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class OrderSyncApplication {
    public static void main(String[] args) {
        SpringApplication.run(OrderSyncApplication.class, args);
    }
}
