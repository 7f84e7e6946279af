package io.xiaoer.common.outgoing;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/// Which addresses of others a service may call: http and https at hosts of the public internet. Loopback, private,
/// shared, link-local and reserved networks are refused, the metadata services of clouds among them, and so is a name
/// of which only one address lies there.
///
/// A name may resolve to something else the next time, so [#check] is asked before each call and not only when the
/// address is stored; between check and call stands the JDK's own cache of names, by default 30 s. A caller follows no
/// redirect: the address that it leads to was never checked.
public final class PublicAddresses {

    /// Networks of IPv4 that are nobody's on the internet (RFC 6890 and its registry), and the one host in public
    /// space at which Azure answers its virtual machines.
    private static final List<Block> RESERVED_4 = List.of(
            new Block(8, 0),
            new Block(8, 10),
            new Block(10, 100, 64),
            new Block(8, 127),
            new Block(32, 168, 63, 129, 16),
            new Block(16, 169, 254),
            new Block(12, 172, 16),
            new Block(24, 192, 0, 0),
            new Block(24, 192, 0, 2),
            new Block(24, 192, 88, 99),
            new Block(16, 192, 168),
            new Block(15, 198, 18),
            new Block(24, 198, 51, 100),
            new Block(24, 203, 0, 113),
            new Block(3, 224));

    /// All of IPv6 that is given out for hosts.
    private static final Block GLOBAL_6 = new Block(3, 0x20);

    /// What of it is for protocols, for documents, or carries an address of IPv4 inside.
    private static final List<Block> RESERVED_6 = List.of(
            new Block(23, 0x20, 0x01, 0x00, 0x00),
            new Block(32, 0x20, 0x01, 0x0d, 0xb8),
            new Block(16, 0x20, 0x02),
            new Block(20, 0x3f, 0xff, 0x00));

    private final boolean privateToo;
    private final Names names;

    /// @param privateToo whether the operator allows every network, as on a laptop
    public PublicAddresses(boolean privateToo) {
        this(privateToo, host -> List.of(InetAddress.getAllByName(host)));
    }

    PublicAddresses(boolean privateToo, Names names) {
        this.privateToo = privateToo;
        this.names = names;
    }

    /// Finds the addresses of a name.
    @FunctionalInterface
    interface Names {
        List<InetAddress> of(String host) throws UnknownHostException;
    }

    /// Whether every network may be called.
    public boolean allowsPrivate() {
        return privateToo;
    }

    /// Passes an address that may be called now.
    ///
    /// @throws NotPublic if it may not; its message says the rule
    /// @throws UnknownHostException if nobody knows the name, which need not be so for ever
    public void check(URI address) throws UnknownHostException {
        var scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new NotPublic("must begin with https:// or http://");
        }
        var host = address.getHost();
        if (host == null || host.isEmpty()) {
            throw new NotPublic("must name a host");
        }
        if (address.getRawUserInfo() != null) {
            throw new NotPublic("must not carry a user or password");
        }
        if (!privateToo && !names.of(host).stream().allMatch(PublicAddresses::isPublic)) {
            throw new NotPublic("must lie at a public address");
        }
    }

    /// Whether this is an address of the public internet.
    public static boolean isPublic(InetAddress address) {
        var bytes = address.getAddress();
        return address instanceof Inet4Address
                ? RESERVED_4.stream().noneMatch(block -> block.holds(bytes))
                : GLOBAL_6.holds(bytes) && RESERVED_6.stream().noneMatch(block -> block.holds(bytes));
    }

    /// The addresses that begin with the same bits.
    ///
    /// @param prefix the bytes that have these bits, the rest being zero
    private record Block(int bits, List<Integer> prefix) {

        Block(int bits, Integer... prefix) {
            this(bits, List.of(prefix));
        }

        boolean holds(byte[] address) {
            for (int bit = 0; bit < bits; bit += Byte.SIZE) {
                int index = bit / Byte.SIZE;
                int mask = 0xff << Math.max(0, Byte.SIZE - (bits - bit)) & 0xff;
                if ((address[index] & mask) != prefix.get(index)) {
                    return false;
                }
            }
            return true;
        }
    }
}
