package io.xiaoer.gateway.canary;

import io.xiaoer.gateway.access.Shoppers;
import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.ReactiveLoadBalancerClientFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Marks the calls of shoppers whom the instances of the new version serve, before an instance is chosen.
public final class CanaryFilter implements GlobalFilter, Ordered {

    private static final String SHOPPER = CanaryFilter.class.getName();
    private static final String MARK = "canary";

    private final CanaryWatch watch;

    CanaryFilter(CanaryWatch watch) {
        this.watch = watch;
    }

    @Override
    public int getOrder() {
        return ReactiveLoadBalancerClientFilter.LOAD_BALANCER_CLIENT_FILTER_ORDER - 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Shoppers.idOf(exchange)
                .filter(watch::takes)
                .ifPresentOrElse(
                        shopper -> exchange.getAttributes().put(SHOPPER, shopper),
                        () -> exchange.getAttributes().remove(SHOPPER));
        return chain.filter(exchange);
    }

    /// Those of the instances among which one is chosen for a call. A shopper whose instances do not answer is served
    /// by the others; everybody else is never served by a canary because others are slow to answer.
    public static List<ServiceInstance> among(List<ServiceInstance> answering, Request<?> request) {
        var others = answering.stream().filter(each -> !isCanary(each)).toList();
        var canaries = answering.stream().filter(CanaryFilter::isCanary).toList();
        return isMarked(request) && !canaries.isEmpty() ? canaries : others;
    }

    /// The instances without those of the new version, unless there are no others.
    public static List<ServiceInstance> withoutCanaries(List<ServiceInstance> all) {
        var others = all.stream().filter(each -> !isCanary(each)).toList();
        return others.isEmpty() ? all : others;
    }

    private static boolean isMarked(Request<?> request) {
        return request.getContext() instanceof RequestDataContext context
                && context.getClientRequest() != null
                && context.getClientRequest().getAttributes().containsKey(SHOPPER);
    }

    /// When an open connection must end, since its shopper is to be served by another instance than the one chosen for
    /// it; never for who was not marked.
    public Mono<Void> end(ServerWebExchange exchange) {
        String shopper = exchange.getAttribute(SHOPPER);
        Response<ServiceInstance> chosen =
                exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_LOADBALANCER_RESPONSE_ATTR);
        ServiceInstance server = chosen == null ? null : chosen.getServer();
        return shopper != null && server != null && isCanary(server) ? watch.leaves(shopper) : Mono.never();
    }

    private static boolean isCanary(ServiceInstance instance) {
        var metadata = instance.getMetadata();
        return metadata != null && Boolean.parseBoolean(metadata.get(MARK));
    }
}
