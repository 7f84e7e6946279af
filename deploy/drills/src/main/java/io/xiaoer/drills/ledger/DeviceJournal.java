package io.xiaoer.drills.ledger;

import java.util.ArrayList;
import java.util.List;

/// What happened at one device, in order. Appended to by the device alone.
public final class DeviceJournal {
    private final String name;
    private final List<Entry> entries = new ArrayList<>();
    private boolean inSync;

    public DeviceJournal(String name) {
        this.name = name;
    }

    /// One line of it.
    public sealed interface Entry {
        long at();

        /// A connection was opened; messages on it ascend.
        record Opened(long at) implements Entry {}

        /// The device asked for everything after an id once more.
        record Asked(long at, String after) implements Entry {}

        /// That has come whole.
        record Synced(long at) implements Entry {}

        /// That cannot be had now; what came of it so far is all.
        record Failed(long at) implements Entry {}

        /// A message came.
        record Came(long at, Message message) implements Entry {}

        /// The suite told the device to forget what it has seen (4002), or that the device's place is above the log.
        record Forgot(long at) implements Entry {}

        /// The connection ended.
        record Closed(long at, String why) implements Entry {}
    }

    public synchronized void add(Entry entry) {
        entries.add(entry);
    }

    public String name() {
        return name;
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /// Whether the device ended connected and stood at the end of the log.
    public synchronized void endsInSync(boolean is) {
        inSync = is;
    }

    public synchronized boolean inSync() {
        return inSync;
    }
}
