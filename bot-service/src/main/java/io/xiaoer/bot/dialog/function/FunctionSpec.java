package io.xiaoer.bot.dialog.function;

import io.xiaoer.bot.dialog.expression.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A function as the catalogue describes it.
///
/// @param writes whether it changes something: then it needs a yes at a confirm, and is called under a key
/// @param arguments by name, in the catalogue's order
/// @param out what it returns
/// @param timeout after which a call has failed
/// @param perBuyerDay the most writes for one shopper in a day, 0 for no limit
/// @param needsAgentOver the amount above which a person does it, null for none
public record FunctionSpec(
        String name,
        boolean writes,
        Map<String, Argument> arguments,
        Type out,
        Duration timeout,
        int perBuyerDay,
        @Nullable BigDecimal needsAgentOver) {

    public FunctionSpec {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /// An argument.
    ///
    /// @param optional whether it may be left out or empty
    /// @param otherwise what stands for it then, null for nothing
    public record Argument(
            Type type, boolean optional, @Nullable Object otherwise) {}
}
