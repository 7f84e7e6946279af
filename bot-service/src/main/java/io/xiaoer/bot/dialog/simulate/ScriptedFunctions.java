package io.xiaoer.bot.dialog.simulate;

import io.xiaoer.bot.dialog.function.Call;
import io.xiaoer.bot.dialog.function.CallFailed;
import io.xiaoer.bot.dialog.function.Catalogue;
import io.xiaoer.bot.dialog.function.FunctionSpec;
import io.xiaoer.bot.dialog.function.Functions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Functions that answer what a script gives: a value, `{error: not_found | refused | unavailable}`, or `{then: […]}`
/// for one answer after the other. A write under a key that was used answers as it did then.
final class ScriptedFunctions implements Functions {

    private final Catalogue catalogue;
    private final Map<String, Object> answers;
    private final Map<String, Integer> asked = new HashMap<>();
    private final Map<String, Object> written = new HashMap<>();
    private final List<Made> made = new ArrayList<>();

    ScriptedFunctions(Catalogue catalogue, Map<String, Object> answers) {
        this.catalogue = catalogue;
        this.answers = answers;
    }

    /// A call that was made.
    ///
    /// @param failed why it failed, null if it did not
    record Made(
            String function,
            Map<String, Object> with,
            boolean write,
            @Nullable String failed) {}

    @Override
    public Catalogue catalogue() {
        return catalogue;
    }

    /// The calls since this was last asked for.
    List<Made> taken() {
        var taken = List.copyOf(made);
        made.clear();
        return taken;
    }

    @Override
    public @Nullable Object call(FunctionSpec function, Map<String, Object> arguments, Call call) {
        String key = function.name() + '\n' + call.idempotencyKey();
        if (function.writes() && written.containsKey(key)) {
            return written.get(key);
        }
        Object answer = next(function.name());
        if (answer == null) {
            made.add(new Made(function.name(), arguments, function.writes(), "no answer is given"));
            throw new CallFailed(CallFailed.Reason.UNAVAILABLE, "the script gives no answer");
        }
        if (answer instanceof Map<?, ?> map && map.size() == 1 && map.get("error") instanceof String error) {
            made.add(new Made(function.name(), arguments, function.writes(), error));
            throw new CallFailed(reason(error), "the script says so");
        }
        made.add(new Made(function.name(), arguments, function.writes(), null));
        if (function.writes()) {
            written.put(key, answer);
        }
        return answer;
    }

    private @Nullable Object next(String function) {
        Object answer = answers.get(function);
        if (answer instanceof Map<?, ?> map && map.size() == 1 && map.get("then") instanceof List<?> list) {
            int at = asked.merge(function, 1, Integer::sum) - 1;
            return list.isEmpty() ? null : list.get(Math.min(at, list.size() - 1));
        }
        return answer;
    }

    private static CallFailed.Reason reason(String error) {
        try {
            return CallFailed.Reason.valueOf(error.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return CallFailed.Reason.UNAVAILABLE;
        }
    }
}
