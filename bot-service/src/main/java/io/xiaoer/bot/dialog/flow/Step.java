package io.xiaoer.bot.dialog.flow;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A step of a flow.
///
/// @param index its place among the steps, those within an `if` included
/// @param id its name, null for none
/// @param line where it stands in its file
/// @param depends the slots whose correction leads back here
/// @param next the step behind it, [Flow#NOWHERE] if there is none
public record Step(int index, @Nullable String id, int line, Set<String> depends, int next, Action does) {

    public Step {
        depends = Set.copyOf(depends);
    }
}
