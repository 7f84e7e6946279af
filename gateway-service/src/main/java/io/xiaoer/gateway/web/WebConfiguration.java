package io.xiaoer.gateway.web;

import io.xiaoer.common.access.Cidrs;
import java.util.Map;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/// Wires what every call passes.
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    @Bean
    ClientAddress clientAddress(WebSettings settings) {
        return new ClientAddress(new Cidrs(settings.trustedProxies()));
    }

    /// A caller who sends a body byte by byte would hold a connection to a service for as long as it likes, and fifty
    /// of them all that calls have.
    @Bean
    NettyServerCustomizer bodiesInTime(WebSettings settings) {
        return server -> server.readTimeout(settings.bodyPause()).requestTimeout(settings.bodyWithin());
    }

    @Bean
    CallFilter callFilter(ClientAddress addresses) {
        return new CallFilter(addresses, System::nanoTime);
    }

    @Bean
    ProblemHandler problemHandler() {
        return new ProblemHandler();
    }

    @Bean
    Unreadable.Customizer unreadable() {
        return new Unreadable.Customizer();
    }

    @Bean
    RouterFunction<ServerResponse> root() {
        return RouterFunctions.route()
                .route(
                        RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD)
                                .and(RequestPredicates.path("/")),
                        request -> ServerResponse.ok()
                                .bodyValue(Map.of("name", "xiaoer", "api", "/api/v1", "docs", "/docs")))
                .build();
    }
}
