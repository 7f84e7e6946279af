package io.xiaoer.bot.faq;

import java.util.List;

/// What a merchant handed in is not an entry.
final class InvalidFaq extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    InvalidFaq(List<Fault> faults) {
        super("not a FAQ entry");
        this.faults = List.copyOf(faults);
    }

    /// What is wrong, each field by itself.
    List<Fault> faults() {
        return faults;
    }

    /// One field at fault.
    record Fault(String field, String reason) {}
}
