package io.xiaoer.bot.dialog.simulate;

import io.xiaoer.bot.dialog.function.Catalogue;
import io.xiaoer.bot.dialog.yaml.Faults;
import io.xiaoer.bot.dialog.yaml.InvalidFile;
import io.xiaoer.bot.dialog.yaml.Part;
import io.xiaoer.bot.dialog.yaml.YamlFile;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.rest.Moments;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file of scripted talks.
///
/// @param flow that they are about, null if the file does not say
/// @param yaml a flow to be tried in the place of the shop's, null for the shop's
public record Script(@Nullable String flow, @Nullable String yaml, List<Case> cases) {

    static final int MAX_CASES = 100;
    static final int MAX_TURNS = 50;
    private static final Instant USUAL = Instant.parse("2026-11-26T02:00:00Z");
    private static final Set<String> HEAD = Set.of("flow", "yaml", "cases");
    private static final Set<String> CASE = Set.of(
            "name", "language", "now", "buyer", "order", "guest", "functions", "faq", "orders", "starts", "talk");
    private static final Set<String> TURN = Set.of(
            "shopper", "press", "wait", "bot", "never", "card", "options", "calls", "handoff", "flow", "end", "slots",
            "source");

    public Script {
        cases = List.copyOf(cases);
    }

    /// One talk.
    ///
    /// @param functions what they answer, by name
    /// @param faq what the FAQ answers, by question
    /// @param orders what the bot says of the shopper's orders, by question
    /// @param starts which flow a text starts, besides the examples
    public record Case(
            String name,
            Language language,
            Instant now,
            String buyer,
            boolean guest,
            @Nullable String order,
            Map<String, Object> functions,
            Map<String, Object> faq,
            Map<String, Object> orders,
            Map<String, Object> starts,
            List<Turn> talk) {}

    /// One turn of it.
    ///
    /// @param line where it stands
    /// @param shopper what is said, null if a button is pressed
    /// @param press the label of a button, or a part of it, null if something is said
    /// @param after the time that passes before
    /// @param expected what must come of it
    public record Turn(
            int line, @Nullable String shopper, @Nullable String press, Duration after, Map<String, Object> expected) {}

    /// Reads a file: `flow` and `cases`, or the fields of a single case. A function that is none would
    /// answer nobody, and the talk would fail somewhere else, or pass.
    ///
    /// @param catalogue the functions that may answer
    /// @throws InvalidFile with all that is wrong with it
    public static Script read(String file, String text, Catalogue catalogue) throws InvalidFile {
        var faults = new Faults(file);
        var root = YamlFile.read(file, text, faults);
        var fields = root.fields();
        Part cases = fields.get("cases");
        Part flow = fields.get("flow");
        Part yaml = fields.get("yaml");
        var read = new ArrayList<Case>();
        if (cases != null) {
            root.fields(HEAD);
            var items = cases.items();
            if (items.size() > MAX_CASES) {
                cases.fault("there are too many cases", "use at most " + MAX_CASES);
            } else {
                items.forEach(item -> read.add(one(item, item.fields(CASE), catalogue)));
            }
        } else {
            var own = new LinkedHashMap<>(fields);
            HEAD.forEach(own::remove);
            own.forEach((key, part) -> {
                if (!CASE.contains(key)) {
                    part.fault("`" + key + "` is not known here", "use cases, or the fields of one case");
                }
            });
            read.add(one(root, own, catalogue));
        }
        faults.check();
        return new Script(flow == null ? null : flow.text(), yaml == null ? null : yaml.text(), read);
    }

    private static Case one(Part part, Map<String, Part> fields, Catalogue catalogue) {
        Part talk = fields.get("talk");
        if (talk == null) {
            part.fault("the case has no talk", "add talk: and a list of turns");
        }
        var turns = talk == null ? List.<Part>of() : talk.items();
        if (turns.size() > MAX_TURNS) {
            part.fault("the talk is too long", "use at most " + MAX_TURNS + " turns");
            turns = List.of();
        }
        return new Case(
                text(fields, "name", "case"),
                choice(fields, "language", "zh", "en").equals("en") ? Language.EN : Language.ZH,
                now(fields.get("now")),
                text(fields, "buyer", "shopper1"),
                choice(fields, "guest", "false", "true").equals("true"),
                fields.containsKey("order") ? text(fields, "order", "") : null,
                functions(fields.get("functions"), catalogue),
                map(fields.get("faq")),
                map(fields.get("orders")),
                map(fields.get("starts")),
                turns.stream().map(Script::turn).toList());
    }

    private static Map<String, Object> functions(@Nullable Part part, Catalogue catalogue) {
        if (part != null) {
            part.fields().forEach((name, answer) -> {
                if (catalogue.get(name) == null) {
                    answer.fault(
                            "there is no function `" + name + "`",
                            "use one of " + String.join(", ", catalogue.all().keySet()));
                }
            });
        }
        return map(part);
    }

    private static Turn turn(Part part) {
        if (part.isScalar()) {
            return new Turn(part.line(), part.text(), null, Duration.ZERO, Map.of());
        }
        var fields = part.fields(TURN);
        Part shopper = fields.get("shopper");
        Part press = fields.get("press");
        Part wait = fields.get("wait");
        if ((shopper == null) == (press == null)) {
            part.fault("the turn needs one of shopper and press", "add shopper: and words, or press: and a label");
        }
        var expected = new LinkedHashMap<>(map(part));
        List.of("shopper", "press", "wait").forEach(expected::remove);
        return new Turn(
                part.line(),
                shopper == null ? null : shopper.text(),
                press == null ? null : press.text(),
                wait == null ? Duration.ZERO : wait.duration(Duration.ofHours(24)),
                expected);
    }

    private static Instant now(@Nullable Part part) {
        if (part == null) {
            return USUAL;
        }
        try {
            return Moments.of(part.text());
        } catch (DateTimeException e) {
            part.fault("this is no time", "write it as 2026-11-26T10:00:00+08:00");
            return USUAL;
        }
    }

    private static String text(Map<String, Part> fields, String key, String otherwise) {
        Part part = fields.get(key);
        return part == null ? otherwise : part.text();
    }

    /// One of two words, the first if nothing is said.
    private static String choice(Map<String, Part> fields, String key, String first, String second) {
        Part part = fields.get(key);
        var said = part == null ? first : part.text();
        if (part != null && !said.equals(first) && !said.equals(second)) {
            part.fault("`" + said + "` is not known here", "use " + first + ", " + second);
        }
        return said;
    }

    private static Map<String, Object> map(@Nullable Part part) {
        var map = new LinkedHashMap<String, Object>();
        if (part != null) {
            part.fields().forEach((key, value) -> {
                Object plain = value.plain();
                if (plain != null) {
                    map.put(key, plain);
                }
            });
        }
        return map;
    }
}
