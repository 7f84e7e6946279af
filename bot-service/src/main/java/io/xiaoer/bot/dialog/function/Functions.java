package io.xiaoer.bot.dialog.function;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions that flows call, as the engine sees them.
public interface Functions {

    /// What there is to call.
    Catalogue catalogue();

    /// Calls a function, within its timeout and the deadline of the call; a read is tried again as often as the
    /// catalogue says.
    ///
    /// @param arguments plain data by name
    /// @return plain data
    /// @throws CallFailed if it does not do it
    @Nullable
    Object call(FunctionSpec function, Map<String, Object> arguments, Call call);
}
