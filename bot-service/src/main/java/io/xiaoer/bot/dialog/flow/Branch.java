package io.xiaoer.bot.dialog.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a flow goes on.
///
/// @param say what is said on the way, null for nothing
/// @param clear the slots that are emptied on the way
public record Branch(@Nullable Phrase say, List<String> clear, Exit exit) {

    public Branch {
        clear = List.copyOf(clear);
    }

    /// Where to.
    public sealed interface Exit {

        /// The step behind.
        record Next() implements Exit {}

        /// Another step.
        record To(int step) implements Exit {}

        /// A person.
        record Person(String reason) implements Exit {}

        /// The end.
        record End(String outcome) implements Exit {}
    }

    /// The step behind, without a word.
    public static final Branch NEXT = new Branch(null, List.of(), new Exit.Next());

    /// A person, without a word.
    static Branch person(String reason) {
        return new Branch(null, List.of(), new Exit.Person(reason));
    }
}
