package io.xiaoer.bot.understand;

import io.xiaoer.bot.faq.FaqEntry;

/// Whose words an example is.
sealed interface Owner {

    /// An entry of the FAQ.
    record Entry(FaqEntry entry) implements Owner {}

    /// A dialog.
    ///
    /// @param first of its examples
    record Flow(String name, String first) implements Owner {}

    /// What no shop serves.
    record Nobody() implements Owner {}

    /// The name that a classifier's label has for it.
    default String label() {
        return switch (this) {
            case Entry(var entry) -> "faq " + entry.id();
            case Flow(var name, var _) -> "flow " + name;
            case Nobody _ -> "nobody";
        };
    }
}
