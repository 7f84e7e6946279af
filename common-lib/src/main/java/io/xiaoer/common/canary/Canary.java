package io.xiaoer.common.canary;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;

/// Which shoppers are served by the instances of a new version: those whose id has one of the tails, while it is
/// enabled.
///
/// @param tails from 0 to 9, ascending, each once
public record Canary(boolean enabled, List<Integer> tails) {

    /// Nobody.
    public static final Canary OFF = new Canary(false, List.of());

    private static final int TAILS = 10;

    /// @throws IllegalArgumentException naming the field whose rule is broken
    public Canary {
        if (!tails.stream().allMatch(tail -> tail != null && tail >= 0 && tail < TAILS)) {
            throw new IllegalArgumentException("tails must be numbers from 0 to 9");
        }
        tails = tails.stream().distinct().sorted().toList();
    }

    /// Whether this shopper is one of them.
    public boolean takes(String user) {
        return enabled && tails.contains(tail(user));
    }

    /// The last digit of an id that ends with one, else the id's CRC-32 modulo 10: the same for ever, on every node.
    public static int tail(String user) {
        Objects.checkIndex(0, user.length());
        char last = user.charAt(user.length() - 1);
        if (last >= '0' && last <= '9') {
            return last - '0';
        }
        var crc = new CRC32();
        crc.update(user.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % TAILS);
    }
}
