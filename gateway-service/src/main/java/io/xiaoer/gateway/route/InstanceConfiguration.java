package io.xiaoer.gateway.route;

import java.time.Duration;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.loadbalancer.core.HealthCheckServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/// How the instances of one service are chosen: those that the discovery client names, without those that do not
/// answer. Loaded once for each service, so it is no configuration of the application's own.
class InstanceConfiguration {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String ADDRESS = "/actuator/health/liveness";

    @Bean
    ServiceInstanceListSupplier instances(
            ConfigurableApplicationContext context, ReactiveLoadBalancer.Factory<ServiceInstance> factory) {
        var client = HttpClient.create(ConnectionProvider.newConnection()).responseTimeout(PATIENCE);
        return ServiceInstanceListSupplier.builder()
                .withDiscoveryClient()
                .with((c, delegate) -> new HealthCheckServiceInstanceListSupplier(
                        delegate, factory, (instance, path) -> answers(client, instance)))
                .build(context);
    }

    /// Any answer shows a process that works; its health in detail stands on its management port.
    private static Mono<Boolean> answers(HttpClient client, ServiceInstance instance) {
        return client.get()
                .uri(instance.getUri().resolve(ADDRESS))
                .response()
                .map(response -> response.status().code() < 500)
                .timeout(PATIENCE)
                .onErrorReturn(false);
    }
}
