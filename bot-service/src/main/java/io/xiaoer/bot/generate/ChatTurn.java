package io.xiaoer.bot.generate;

import java.util.List;

/// What the model did when it was its turn.
///
/// @param text what it said, empty if it called functions
/// @param calls the functions that it wants called
/// @param tokens what the turn cost as the endpoint counts, 0 if it does not say
record ChatTurn(String text, List<Call> calls, long tokens) {

    ChatTurn {
        calls = List.copyOf(calls);
    }

    /// A function that is to be called.
    ///
    /// @param arguments JSON as the model wrote it, whatever that is
    record Call(String id, String name, String arguments) {}
}
