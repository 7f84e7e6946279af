package io.xiaoer.compensation.webhook.address;

import java.net.InetAddress;
import java.net.URI;

/// Where to connect to: an address that was checked, and the name that it was found under.
public record Target(URI uri, InetAddress address) {
    public int port() {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    /// The host's name, a literal IPv6 address without its brackets.
    public String host() {
        var host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
