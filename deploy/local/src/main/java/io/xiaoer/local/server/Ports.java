package io.xiaoer.local.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Free TCP ports of this machine.
public final class Ports {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 200;

    /// What this process was told; each is told once.
    private static final Set<Integer> TOLD = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /// A port that nothing listened on a moment ago, and another at each call, so that two servers which are started
    /// beside each other do not meet. Another process may still be faster.
    ///
    /// It lies below the range from which outgoing connections take theirs, so that a server which was down
    /// for a moment finds its port free again.
    public static int free() {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!TOLD.contains(port) && isFree(port) && TOLD.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port between %d and %d".formatted(LOWEST, HIGHEST));
    }

    /// Whether a server could bind the port now, on all addresses.
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
