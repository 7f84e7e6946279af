package io.xiaoer.bot.dialog.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects what is wrong with one file, so that all of it can be told at once; a bounded number.
public final class Faults {

    /// The most that are told of.
    public static final int MOST = 50;

    private final String file;
    private final List<Fault> found = new ArrayList<>();

    public Faults(String file) {
        this.file = file;
    }

    /// Adds one, unless it stands there.
    public void add(int line, String what, String cure) {
        var fault = new Fault(file, line, what, cure);
        if (found.size() < MOST && !found.contains(fault)) {
            found.add(fault);
        }
    }

    /// Whether something is wrong.
    public boolean any() {
        return !found.isEmpty();
    }

    /// What was found, by line.
    public List<Fault> all() {
        return found.stream().sorted(Comparator.comparingInt(Fault::line)).toList();
    }

    /// @throws InvalidFile if something is wrong
    public void check() throws InvalidFile {
        if (any()) {
            throw new InvalidFile(all());
        }
    }
}
