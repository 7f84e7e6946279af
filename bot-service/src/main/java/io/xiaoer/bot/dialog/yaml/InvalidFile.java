package io.xiaoer.bot.dialog.yaml;

import java.util.List;
import java.util.stream.Collectors;

/// A file that cannot be used, with all that is wrong with it.
public final class InvalidFile extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    public InvalidFile(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /// What is wrong, by line.
    public List<Fault> faults() {
        return faults;
    }
}
