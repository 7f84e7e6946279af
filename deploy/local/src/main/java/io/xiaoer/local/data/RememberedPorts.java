package io.xiaoer.local.data;

import io.xiaoer.local.server.Ports;
import io.xiaoer.local.server.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/// The port of each listener, the same as last time where that one is free, each given to one listener alone.
public final class RememberedPorts {
    private final Path file;
    private final Map<String, Integer> remembered = new TreeMap<>();
    private final Map<String, Integer> given = new TreeMap<>();
    private final IntPredicate isFree;
    private final IntSupplier fresh;

    RememberedPorts(Path file, IntPredicate isFree, IntSupplier fresh) throws IOException {
        this.file = file;
        this.isFree = isFree;
        this.fresh = fresh;
        if (Files.exists(file)) {
            read();
        }
    }

    public static RememberedPorts in(DataDirectory data) throws IOException {
        return new RememberedPorts(data.ports(), Ports::isFree, Ports::free);
    }

    /// Puts the listener where its user wants it.
    public int fixed(String listener, int port) {
        remembered.put(listener, port);
        given.put(listener, port);
        return port;
    }

    /// The same answer each time within one start.
    public int of(String listener) {
        var known = given.get(listener);
        if (known != null) {
            return known;
        }
        var last = remembered.get(listener);
        var port = last != null && !given.containsValue(last) && isFree.test(last) ? last : unused();
        return fixed(listener, port);
    }

    /// Where the listener was put the last time, free or not.
    public Optional<Integer> last(String listener) {
        return Optional.ofNullable(remembered.get(listener));
    }

    public void save() throws IOException {
        var lines = new StringBuilder();
        remembered.forEach((listener, port) -> lines.append("%s=%d%n".formatted(listener, port)));
        // Whole or not at all: half a number would hinder every later start.
        PrivateFiles.write(file, lines.toString());
    }

    private int unused() {
        var port = fresh.getAsInt();
        while (given.containsValue(port) || remembered.containsValue(port)) {
            port = fresh.getAsInt();
        }
        return port;
    }

    private void read() throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        for (var listener : properties.stringPropertyNames()) {
            try {
                remembered.put(listener, Integer.parseInt(properties.getProperty(listener)));
            } catch (NumberFormatException e) {
                throw new IOException("%s: the port of %s is not a number".formatted(file, listener), e);
            }
        }
    }
}
