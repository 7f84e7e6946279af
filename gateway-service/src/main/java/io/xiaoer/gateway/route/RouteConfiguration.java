package io.xiaoer.gateway.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.xiaoer.gateway.canary.CanaryFilter;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.util.retry.Retry;

/// The table of routes, and what carries them out.
@Configuration(proxyBeanMethods = false)
@LoadBalancerClients(defaultConfiguration = InstanceConfiguration.class)
class RouteConfiguration {

    private static final int OTHER_INSTANCES = 2;
    private static final String OTHER_METHOD = "UNKNOWN";

    @Bean
    RouteLocator routes(RouteLocatorBuilder builder, RouteSettings to) {
        var routes = builder.routes();
        routes.route(
                "im",
                route -> route.path("/im", "/im/{ticket}")
                        .filters(filters -> filters.filter(RouteConfiguration::elsewhere))
                        .uri(to.session()));
        add(
                routes,
                "session",
                to.session(),
                "/api/v1/im/**",
                "/api/v1/bot/**",
                "/api/v1/agent/**",
                "/api/v1/shop",
                "/api/v1/ops/**",
                "/api/v1/announcements",
                "/api/v1/users/**");
        add(
                routes,
                "bot",
                to.bot(),
                "/api/v1/faqs",
                "/api/v1/faqs/**",
                "/api/v1/faq-suggestions/**",
                "/api/v1/flows",
                "/api/v1/flows/**");
        add(
                routes,
                "order-sync",
                to.orderSync(),
                "/api/v1/orders/**",
                "/api/v1/unmasks",
                "/graphql",
                "/api/v1/commands/**",
                "/api/v1/coupon-templates/**",
                "/api/v1/inventory/**",
                "/api/v1/service-policy",
                "/api/v1/service-requests",
                "/api/v1/service-requests/**",
                "/api/v1/sources/**");
        add(
                routes,
                "compensation",
                to.compensation(),
                "/api/v1/compensations",
                "/api/v1/compensations/**",
                "/api/v1/webhooks",
                "/api/v1/webhooks/**");
        return routes.build();
    }

    /// A connection that was refused has carried nothing, so any call may go to the next instance.
    private static void add(RouteLocatorBuilder.Builder routes, String id, URI to, String... patterns) {
        routes.route(
                id,
                route -> route.path(patterns)
                        .filters(filters -> filters.retry(retry -> retry.setRetries(OTHER_INSTANCES)
                                .setSeries()
                                .setStatuses()
                                .setMethods(HttpMethod.values())
                                .setExceptions(ConnectException.class)))
                        .uri(to));
    }

    /// As the retries of the other routes, which would read the call's body in case of them: a handshake has none, and
    /// its reader would stay for as long as the connection.
    private static Mono<Void> elsewhere(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain.filter(exchange)
                .retryWhen(Retry.max(OTHER_INSTANCES)
                        .filter(ConnectException.class::isInstance)
                        .doBeforeRetry(again -> ServerWebExchangeUtils.reset(exchange))
                        .onRetryExhaustedThrow((spec, again) -> again.failure()));
    }

    /// The name of a method is any word that a client likes, and each would be a series of its own for as long as the
    /// process lives.
    @Bean
    MeterFilter namesOfMethods() {
        return MeterFilter.replaceTagValues(
                "httpMethod",
                method -> OTHER_METHOD,
                Stream.of(HttpMethod.values()).map(HttpMethod::name).toArray(String[]::new));
    }

    @Bean
    ServiceClients serviceClients(RouteSettings settings) {
        return new ServiceClients(settings);
    }

    @Bean
    CallRoutingFilter callRoutingFilter(
            ServiceClients clients,
            RouteSettings settings,
            ObjectProvider<List<HttpHeadersFilter>> headersFilters,
            HttpClientProperties properties) {
        return new CallRoutingFilter(clients, settings, headersFilters, properties);
    }

    /// Goes with the routing filter: who switches the one off switches the other off too.
    @Bean
    NettyWriteResponseFilter nettyWriteResponseFilter(
            GatewayProperties properties, ObjectProvider<List<HttpHeadersFilter>> headersFilters) {
        return new NettyWriteResponseFilter(properties.getStreamingMediaTypes(), headersFilters);
    }

    @Bean
    OpenSockets openSockets(RouteSettings settings, MeterRegistry meters) {
        return new OpenSockets(settings.mostSockets(), settings.handshakes(), settings.handshakeWait(), meters);
    }

    @Bean
    SocketFilter socketFilter(
            ServiceClients clients, RouteSettings settings, OpenSockets sockets, CanaryFilter canary) {
        var client = new ServiceSockets(clients.forSockets());
        var server = new HandshakeWebSocketService(new LightUpgrade(() -> WebsocketServerSpec.builder()
                .maxFramePayloadLength((int) settings.maxFrame().toBytes())
                .compress(false)
                // To the service a ping is a sign of life: it goes over the bridge, and so does its pong.
                .handlePing(true)));
        return new SocketFilter(client, server, settings.responseTimeout(), sockets, canary);
    }
}
