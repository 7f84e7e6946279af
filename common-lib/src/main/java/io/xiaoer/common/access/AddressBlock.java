package io.xiaoer.common.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// What one caller has of the address space, and so what is counted as one: an IPv4 address, or the 64 bits of IPv6
/// behind which a single host chooses among more addresses than anybody can count.
public final class AddressBlock {

    private static final int NETWORK_BYTES = 8;
    private static final String NETWORK = "/64";

    private AddressBlock() {}

    /// The name of the block that holds this address. An IPv4 address that comes in the form of IPv6 is the IPv4
    /// address.
    public static String of(InetAddress address) {
        var bytes = address.getAddress();
        var known = named(bytes);
        if (!(known instanceof Inet6Address)) {
            return known.getHostAddress();
        }
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        return named(bytes).getHostAddress() + NETWORK;
    }

    /// The name of the block that holds an address in its written form, as a server gives it: no name of a host.
    public static String of(String address) {
        try {
            return of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException noAddress) {
            return address;
        }
    }

    private static InetAddress named(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
