package io.xiaoer.local.server;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Something that runs as a process of its own and answers on a port.
public interface Server {

    /// The name under which people know it: `redis`, `kafka`, `session-service`.
    String name();

    int port();

    /// Lays out what the process needs on disk. Repeatable: what is there stays.
    void prepare() throws IOException, InterruptedException;

    /// The command line; the process it starts is the server itself and no wrapper.
    List<String> command();

    /// What the process finds in its environment beside what it inherits.
    default Map<String, String> environment() {
        return Map.of();
    }

    /// Whether it answers its own protocol at this moment. Returns within a second or two and never throws.
    boolean answers();
}
