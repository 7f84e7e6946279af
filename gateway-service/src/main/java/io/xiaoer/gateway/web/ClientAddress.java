package io.xiaoer.gateway.web;

import io.xiaoer.common.access.Cidrs;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// Where a call comes from. `X-Forwarded-For` counts only as far back as trusted proxies wrote it.
public final class ClientAddress {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final int LONGEST_CHAIN = 32;

    private final Cidrs trusted;

    public ClientAddress(Cidrs trusted) {
        this.trusted = trusted;
    }

    /// The address of the last hop that is not a trusted proxy.
    public InetAddress of(ServerHttpRequest request) {
        var address = remote(request);
        var hops = hops(request);
        for (var i = hops.size() - 1; i >= 0 && trusted.contains(address); i--) {
            var before = literal(hops.get(i));
            if (before == null) {
                return address;
            }
            address = before;
        }
        return address;
    }

    private static InetAddress remote(ServerHttpRequest request) {
        var remote = request.getRemoteAddress();
        return remote == null || remote.getAddress() == null ? InetAddress.getLoopbackAddress() : remote.getAddress();
    }

    private static List<String> hops(ServerHttpRequest request) {
        var hops = new ArrayList<String>();
        for (var line : request.getHeaders().getOrEmpty(FORWARDED_FOR)) {
            for (var hop : line.split(",", LONGEST_CHAIN)) {
                hops.add(hop.strip());
            }
        }
        return hops;
    }

    private static @Nullable InetAddress literal(String text) {
        try {
            return Cidrs.literal(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
