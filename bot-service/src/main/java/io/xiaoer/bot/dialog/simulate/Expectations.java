package io.xiaoer.bot.dialog.simulate;

import com.alibaba.fastjson2.JSON;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Compares a turn as it was played with what its script expects.
final class Expectations {

    private Expectations() {}

    /// What was expected and did not come.
    static List<String> check(Script.Turn turn, Simulator.Played played) {
        var failures = new ArrayList<String>();
        turn.expected().forEach((key, wanted) -> {
            String failure = check(key, wanted, played);
            if (failure != null) {
                failures.add("line " + turn.line() + ": " + failure);
            }
        });
        return failures;
    }

    private static @Nullable String check(String key, Object wanted, Simulator.Played played) {
        String said = words(played.bot());
        return switch (key) {
            case "bot" ->
                all(wanted).stream().allMatch(part -> said.contains(part.toString()))
                        ? null
                        : "the bot said `" + said + "`, not `" + wanted + "`";
            case "never" ->
                all(wanted).stream().noneMatch(part -> said.contains(part.toString()))
                        ? null
                        : "the bot said `" + said + "`";
            case "card" ->
                equal("card", wanted, played.bot() == null ? null : played.bot().get("card"));
            case "options" -> options(all(wanted), played.bot());
            case "calls" -> calls(wanted, played);
            case "handoff" ->
                Boolean.FALSE.equals(wanted)
                        ? equal("handoff", null, played.handoff())
                        : equal("handoff", wanted, played.handoff());
            case "flow" -> equal("flow", wanted, played.flow());
            case "end" -> equal("end", wanted, played.ended());
            case "slots" -> slots(wanted, played);
            default -> null;
        };
    }

    private static @Nullable String equal(String what, @Nullable Object wanted, @Nullable Object is) {
        return Objects.equals(String.valueOf(wanted), String.valueOf(is))
                ? null
                : what + " is " + is + ", not " + wanted;
    }

    private static @Nullable String options(Collection<?> wanted, @Nullable Map<String, Object> bot) {
        var labels = new ArrayList<String>();
        if (bot != null && bot.get("options") instanceof List<?> options) {
            options.forEach(option -> labels.add(String.valueOf(((Map<?, ?>) option).get("label"))));
        }
        return wanted.stream().allMatch(each -> labels.stream().anyMatch(label -> label.contains(each.toString())))
                ? null
                : "the buttons are " + labels + ", not " + wanted;
    }

    private static @Nullable String calls(Object wanted, Simulator.Played played) {
        if (wanted instanceof Map<?, ?> calls) {
            for (var call : calls.entrySet()) {
                boolean made = played.calls().stream()
                        .anyMatch(each -> each.function().equals(call.getKey()) && holds(each.with(), call.getValue()));
                if (!made) {
                    return "the calls are " + names(played) + ", not " + call.getKey() + " with " + call.getValue();
                }
            }
            return null;
        }
        var names =
                played.calls().stream().map(ScriptedFunctions.Made::function).toList();
        var expected = all(wanted).stream().map(Object::toString).toList();
        return names.containsAll(expected) && (!expected.isEmpty() || names.isEmpty())
                ? null
                : "the calls are " + names(played) + ", not " + wanted;
    }

    private static @Nullable String slots(Object wanted, Simulator.Played played) {
        return holds(played.slots(), wanted) ? null : "the slots are " + JSON.toJSONString(played.slots());
    }

    /// Whether what is wanted stands in it; of an order its number is enough.
    private static boolean holds(@Nullable Object is, @Nullable Object wanted) {
        if (wanted instanceof Map<?, ?> fields) {
            return is instanceof Map<?, ?> map
                    && fields.entrySet().stream().allMatch(field -> holds(map.get(field.getKey()), field.getValue()));
        }
        if (is instanceof Map<?, ?> map && map.get("no") != null) {
            return Objects.equals(String.valueOf(map.get("no")), String.valueOf(wanted));
        }
        return wanted == null || Objects.equals(String.valueOf(is), String.valueOf(wanted));
    }

    private static List<String> names(Simulator.Played played) {
        return played.calls().stream()
                .map(call -> call.function() + call.with())
                .toList();
    }

    private static String words(@Nullable Map<String, Object> bot) {
        if (bot == null) {
            return "";
        }
        var words = new StringBuilder();
        for (String field : List.of("text", "prompt")) {
            if (bot.get(field) instanceof String text) {
                words.append(text).append('\n');
            }
        }
        return words.toString().strip();
    }

    private static Collection<?> all(Object wanted) {
        return wanted instanceof Collection<?> many ? many : List.of(wanted);
    }
}
