package io.xiaoer.gateway.route;

import io.xiaoer.gateway.canary.CanaryFilter;
import java.time.Duration;
import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.loadbalancer.core.DelegatingServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.HealthCheckServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/// How the instances of one service are chosen: those that the discovery client names, without those that do not
/// answer, and of these the ones of the version that serves the caller. Loaded once for each service, so it is no
/// configuration of the application's own.
class InstanceConfiguration {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String ADDRESS = "/actuator/health/liveness";

    @Bean
    ServiceInstanceListSupplier instances(
            ConfigurableApplicationContext context, ReactiveLoadBalancer.Factory<ServiceInstance> factory) {
        var client = HttpClient.create(ConnectionProvider.newConnection()).responseTimeout(PATIENCE);
        return ServiceInstanceListSupplier.builder()
                .withDiscoveryClient()
                .with((c, all) -> new AnsweringFirst(
                        new HealthCheckServiceInstanceListSupplier(
                                all, factory, (instance, path) -> answers(client, instance)),
                        all))
                .build(context);
    }

    /// Those that answer, or all if none does: under load every instance may be too slow for the check and still serve,
    /// and one that is dead refuses the connection at once.
    private static final class AnsweringFirst extends DelegatingServiceInstanceListSupplier {

        private final ServiceInstanceListSupplier all;

        AnsweringFirst(ServiceInstanceListSupplier answering, ServiceInstanceListSupplier all) {
            super(answering);
            this.all = all;
        }

        @Override
        public Flux<List<ServiceInstance>> get() {
            return delegate.get()
                    .concatMap(answering -> answering.isEmpty() ? all.get().take(1) : Flux.just(answering), 1);
        }

        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public Flux<List<ServiceInstance>> get(Request request) {
            return delegate.get()
                    .map(answering -> CanaryFilter.among(answering, request))
                    .concatMap(
                            fitting -> fitting.isEmpty()
                                    ? all.get().take(1).map(CanaryFilter::withoutCanaries)
                                    : Flux.just(fitting),
                            1);
        }
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
