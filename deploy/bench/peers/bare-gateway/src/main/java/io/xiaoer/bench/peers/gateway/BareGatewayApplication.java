package io.xiaoer.bench.peers.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// All that Spring Cloud Gateway does by itself. The one route stands in its configuration.
@SpringBootApplication
public class BareGatewayApplication {

    public static void main(String[] words) {
        SpringApplication.run(BareGatewayApplication.class, words);
    }
}
