package io.xiaoer.common.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// A list of address ranges, `10.0.0.0/8` or `::1` for example.
public final class Cidrs {

    private final List<Range> ranges;

    /// @throws IllegalArgumentException naming the entry that is no range
    public Cidrs(List<String> ranges) {
        this.ranges = ranges.stream()
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .map(Range::parse)
                .toList();
    }

    /// Holds a setting to its rule.
    ///
    /// @param setting its name
    /// @throws IllegalArgumentException naming the setting and the entry that is no range
    public static void require(String setting, List<String> ranges) {
        for (var range : ranges) {
            try {
                var _ = new Cidrs(List.of(range));
            } catch (IllegalArgumentException _) {
                throw new IllegalArgumentException(
                        setting + " must be address ranges such as 10.0.0.0/8, and " + range.strip() + " is none");
            }
        }
    }

    /// Whether one of the ranges holds this address.
    public boolean contains(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /// Reads a literal address; never asks a name server.
    ///
    /// @throws IllegalArgumentException if it is none
    public static InetAddress literal(String text) {
        var bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return InetAddress.ofLiteral(bare);
    }

    /// One range.
    private record Range(InetAddress network, int bits) {

        static Range parse(String text) {
            var slash = text.indexOf('/');
            try {
                var network = literal(slash < 0 ? text : text.substring(0, slash));
                var most = network.getAddress().length * 8;
                var bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
                if (bits < 0 || bits > most) {
                    throw new IllegalArgumentException(text + " is no address range");
                }
                return new Range(network, bits);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(text + " is no address range", e);
            }
        }

        boolean contains(InetAddress address) {
            var a = network.getAddress();
            var b = unmapped(address).getAddress();
            if (a.length != b.length) {
                return false;
            }
            var whole = bits / 8;
            if (!Arrays.equals(a, 0, whole, b, 0, whole)) {
                return false;
            }
            var rest = bits % 8;
            return rest == 0 || ((a[whole] ^ b[whole]) & 0xff) >> (8 - rest) == 0;
        }

        private static InetAddress unmapped(InetAddress address) {
            try {
                return InetAddress.getByAddress(address.getAddress()); // ::ffff:10.0.0.1 becomes 10.0.0.1
            } catch (UnknownHostException e) {
                return address;
            }
        }
    }
}
