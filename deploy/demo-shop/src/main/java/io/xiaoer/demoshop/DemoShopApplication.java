package io.xiaoer.demoshop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/// The demo storefront.
@SpringBootApplication
@ConfigurationPropertiesScan
public class DemoShopApplication {

    public static void main(String[] args) {
        SpringApplication.run(DemoShopApplication.class, args);
    }

    @Bean
    XiaoerClient xiaoerClient(DemoShopProperties properties) {
        return new XiaoerClient(properties, java.time.Clock.systemUTC());
    }
}
