package io.xiaoer.gateway.route;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.client.HttpClient;

/// The gateway's own routing of calls, with a pool and a deadline that fit each call.
final class CallRoutingFilter extends NettyRoutingFilter {

    private final ServiceClients clients;
    private final RouteSettings settings;

    CallRoutingFilter(
            ServiceClients clients,
            RouteSettings settings,
            ObjectProvider<List<HttpHeadersFilter>> headersFilters,
            HttpClientProperties properties) {
        super(clients.forSockets(), headersFilters, properties);
        this.clients = clients;
        this.settings = settings;
    }

    @Override
    protected HttpClient getHttpClient(Route route, ServerWebExchange exchange) {
        return clients.forCall(Deadline.of(exchange.getRequest(), settings));
    }
}
