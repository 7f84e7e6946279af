package io.xiaoer.compensation.webhook.address;

import io.xiaoer.common.access.Cidrs;
import io.xiaoer.common.outgoing.PublicAddresses;
import java.net.InetAddress;
import java.util.List;

/// Which addresses are public, and which others are allowed all the same.
public final class AddressPolicy {
    private final Cidrs allowed;

    /// @throws IllegalArgumentException naming the entry that is no range
    public AddressPolicy(List<String> allowed) {
        this.allowed = new Cidrs(allowed);
    }

    /// Whether this address may be connected to.
    ///
    /// @param secure whether over https; over plain http only what the configuration names
    boolean allows(InetAddress address, boolean secure) {
        return allowed.contains(address) || (secure && PublicAddresses.isPublic(address));
    }
}
