package io.xiaoer.compensation.webhook.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Looks a host's name up. Blocks.
@FunctionalInterface
public interface NameResolver {
    /// All its addresses, at least one.
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
