package io.xiaoer.gateway.web;

import io.xiaoer.common.access.Cidrs;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// Where a call comes from. `X-Forwarded-For` counts only as far back as trusted proxies wrote it.
///
/// What a proxy passes on may be long and hold anything: it is read from its end, where the proxy itself
/// wrote.
public final class ClientAddress {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    /// Where a call comes from of which a proxy wrote what is no address: nobody's, so that it is not
    /// taken for a call of the proxy's own, which may be exempt from limits.
    private static final InetAddress NOWHERE = InetAddress.ofLiteral("0.0.0.0");

    private final Cidrs trusted;

    public ClientAddress(Cidrs trusted) {
        this.trusted = trusted;
    }

    /// The address of the last hop that is not a trusted proxy.
    public InetAddress of(ServerHttpRequest request) {
        var address = remote(request);
        for (var hop : isProxy(address) ? hops(request) : List.<String>of()) {
            address = literal(hop);
            if (!isProxy(address)) {
                return address;
            }
        }
        return address;
    }

    private boolean isProxy(InetAddress address) {
        return !address.equals(NOWHERE) && trusted.contains(address);
    }

    /// From the last to the first, as many as the head of a call has room for.
    private static List<String> hops(ServerHttpRequest request) {
        return request.getHeaders().getOrEmpty(FORWARDED_FOR).reversed().stream()
                .flatMap(line -> Arrays.asList(line.split(",", -1)).reversed().stream())
                .map(String::strip)
                .filter(hop -> !hop.isEmpty())
                .toList();
    }

    private static InetAddress remote(ServerHttpRequest request) {
        var remote = request.getRemoteAddress();
        return remote == null || remote.getAddress() == null ? InetAddress.getLoopbackAddress() : remote.getAddress();
    }

    private static InetAddress literal(String text) {
        try {
            return Cidrs.literal(text);
        } catch (IllegalArgumentException none) {
            return NOWHERE;
        }
    }
}
