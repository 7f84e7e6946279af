package io.xiaoer.bot.dialog.expression;

import org.jspecify.annotations.Nullable;

/// What names stand for while an expression is evaluated: strings, numbers, booleans, lists and maps.
@FunctionalInterface
public interface Scope {

    /// The value of a name, null if it has none.
    @Nullable
    Object get(String name);
}
