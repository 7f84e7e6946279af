package io.xiaoer.bot.dialog.flow;

import io.xiaoer.bot.dialog.yaml.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads where a flow goes on: `next`, or an object with words, slots to clear and one of `goto`, `handoff`, `end`.
final class Branches {

    private static final Set<String> KEYS = Set.of("say", "clear", "goto", "handoff", "end");

    private final Words words;
    private final Map<String, Slot> slots;
    private final Map<String, Integer> ids;

    Branches(Words words, Map<String, Slot> slots, Map<String, Integer> ids) {
        this.words = words;
        this.slots = slots;
        this.ids = ids;
    }

    /// Reads a branch.
    ///
    /// @param otherwise what it is if nothing is written
    Branch read(@Nullable Part part, Branch otherwise) {
        if (part == null) {
            return otherwise;
        }
        if (part.isScalar()) {
            if (!part.text().equals("next")) {
                part.fault(
                        "`" + part.text() + "` is not known here",
                        "write next, or {goto: id}, {handoff: reason}, {end: outcome}");
            }
            return Branch.NEXT;
        }
        var fields = part.fields(KEYS);
        Part say = fields.get("say");
        return new Branch(say == null ? null : words.phrase(say, part), clear(fields.get("clear")), exit(part, fields));
    }

    private List<String> clear(@Nullable Part part) {
        var cleared = new ArrayList<String>();
        if (part != null) {
            for (Part item : part.items()) {
                if (!slots.containsKey(item.text())) {
                    item.fault("there is no slot `" + item.text() + "`", "declare it under slots");
                }
                cleared.add(item.text());
            }
        }
        return cleared;
    }

    private Branch.Exit exit(Part part, Map<String, Part> fields) {
        Part to = fields.get("goto");
        Part person = fields.get("handoff");
        Part end = fields.get("end");
        if ((to == null ? 0 : 1) + (person == null ? 0 : 1) + (end == null ? 0 : 1) > 1) {
            part.fault("it goes on in several ways", "keep one of goto, handoff, end");
        }
        if (to != null) {
            return to.text().equals("next") ? new Branch.Exit.Next() : new Branch.Exit.To(target(to));
        }
        if (person != null) {
            return new Branch.Exit.Person(person.text());
        }
        return end != null ? new Branch.Exit.End(end.text()) : new Branch.Exit.Next();
    }

    /// The step that a name means.
    int target(Part part) {
        String name = part.text();
        Integer index = name.equals(StepReader.START) ? Integer.valueOf(0) : ids.get(name);
        if (index == null) {
            part.fault(
                    "there is no step `" + name + "`",
                    ids.isEmpty()
                            ? "give the step an id, or use START"
                            : "use START or one of "
                                    + String.join(
                                            ", ", ids.keySet().stream().sorted().toList()));
            return Flow.NOWHERE;
        }
        return index;
    }
}
