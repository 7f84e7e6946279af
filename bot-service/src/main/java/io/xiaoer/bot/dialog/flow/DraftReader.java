package io.xiaoer.bot.dialog.flow;

import io.xiaoer.bot.dialog.yaml.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the steps of a flow as drafts: which kind each is, its name and its place.
final class DraftReader {

    static final int MAX_STEPS = 200;

    private final Map<String, Integer> ids = new HashMap<>();
    private int count;

    /// The steps, those of an `if` within it.
    List<Draft> read(Part steps) {
        var drafts = new ArrayList<Draft>();
        if (!steps.isList()) {
            steps.fault("the steps must be a list", "begin each step with -");
            return drafts;
        }
        for (Part part : steps.items()) {
            if (count >= MAX_STEPS) {
                part.fault("the flow has too many steps", "use at most " + MAX_STEPS + ", or part it with run");
                return drafts;
            }
            Draft draft = draft(part);
            if (draft != null) {
                drafts.add(draft);
            }
        }
        return drafts;
    }

    /// The places of the steps that have a name.
    Map<String, Integer> ids() {
        return ids;
    }

    /// How many steps there are.
    int count() {
        return count;
    }

    private @Nullable Draft draft(Part part) {
        if (!part.isMap()) {
            part.fault("a step must be an object", "write - ask: slot, or another kind of step");
            return null;
        }
        var fields = part.fields();
        Draft.Kind kind = kind(fields);
        if (kind == null) {
            part.fault(
                    "the step is of no known kind",
                    "use one of say, ask, choose, call, set, if, confirm, goto, run, card, handoff, end");
            return null;
        }
        check(kind, fields);
        int index = count++;
        String id = id(fields.get("id"), index);
        Part then = fields.get("then");
        Part otherwise = fields.get("else");
        return new Draft(
                index,
                kind,
                part,
                fields,
                id,
                kind == Draft.Kind.IF && then != null ? read(then) : List.of(),
                kind == Draft.Kind.IF && otherwise != null ? read(otherwise) : List.of());
    }

    private static Draft.@Nullable Kind kind(Map<String, Part> fields) {
        for (Draft.Kind kind : Draft.Kind.values()) {
            if (fields.containsKey(kind.key())) {
                return kind;
            }
        }
        return null;
    }

    private static void check(Draft.Kind kind, Map<String, Part> fields) {
        Set<String> known = new HashSet<>(kind.others());
        known.add(kind.key());
        known.add("id");
        known.add("depends");
        fields.forEach((key, part) -> {
            if (!known.contains(key)) {
                part.fault(
                        "a step `" + kind.key() + "` has no `" + key + "`",
                        "use " + String.join(", ", known.stream().sorted().toList()));
            }
        });
    }

    private @Nullable String id(@Nullable Part part, int index) {
        if (part == null) {
            return null;
        }
        String id = part.text();
        if (id.equals(StepReader.START) || id.equals("next")) {
            part.fault("`" + id + "` has a meaning of its own", "give the step another id");
        } else if (ids.putIfAbsent(id, index) != null) {
            part.fault("the id `" + id + "` stands at two steps", "give each its own");
        }
        return id;
    }
}
