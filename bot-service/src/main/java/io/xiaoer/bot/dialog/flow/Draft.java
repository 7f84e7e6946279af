package io.xiaoer.bot.dialog.flow;

import io.xiaoer.bot.dialog.yaml.Part;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A step as it stands in its file, numbered before it is read, so that steps can name one another.
///
/// @param index its place among all steps
/// @param kind which of the kinds of step it is
/// @param then the steps of an `if`
/// @param otherwise the steps of its `else`
record Draft(
        int index,
        Kind kind,
        Part part,
        Map<String, Part> fields,
        @Nullable String id,
        List<Draft> then,
        List<Draft> otherwise) {

    /// The kinds of step, by the key that tells them; the first that is there does.
    enum Kind {
        ASK("ask", "say", "quick", "retries", "on_fail"),
        CHOOSE("choose", "from", "match", "none", "one", "many", "retries", "on_fail"),
        CONFIRM("confirm", "say", "card", "yes", "no", "retries", "on_fail"),
        CALL("call", "with", "into", "on_error"),
        SET("set"),
        IF("if", "then", "else"),
        GOTO("goto"),
        RUN("run"),
        CARD("card", "data", "say"),
        HANDOFF("handoff"),
        END("end"),
        SAY("say");

        private final String key;
        private final List<String> others;

        Kind(String key, String... others) {
            this.key = key;
            this.others = List.of(others);
        }

        /// The key that tells it.
        String key() {
            return key;
        }

        /// The keys that it may have besides.
        List<String> others() {
            return others;
        }
    }

    /// A field, null if it is not there.
    @Nullable
    Part field(String name) {
        return fields.get(name);
    }
}
