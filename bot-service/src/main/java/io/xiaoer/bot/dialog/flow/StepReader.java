package io.xiaoer.bot.dialog.flow;

import io.xiaoer.bot.dialog.expression.Expression;
import io.xiaoer.bot.dialog.expression.Type;
import io.xiaoer.bot.dialog.function.Catalogue;
import io.xiaoer.bot.dialog.function.FunctionSpec;
import io.xiaoer.bot.dialog.yaml.Part;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes steps of drafts. What a draft lacks or names wrongly becomes a fault; a step is made all the same, so that the
/// rest can be looked at.
final class StepReader {

    /// The name of the first step.
    static final String START = "START";

    /// The cards that there are.
    static final Set<String> CARDS = Set.of("order", "order_list", "logistics", "after_sale", "coupon", "confirm");

    private static final int RETRIES = 2;
    private static final int MAX_RETRIES = 5;

    private final String flow;
    private final Catalogue catalogue;
    private final Map<String, Slot> slots;
    private final Names names;
    private final Words words;
    private final Branches branches;
    private final TreeMap<Integer, Step> steps = new TreeMap<>();

    StepReader(String flow, Catalogue catalogue, Map<String, Slot> slots, Names names, Map<String, Integer> ids) {
        this.flow = flow;
        this.catalogue = catalogue;
        this.slots = slots;
        this.names = names;
        this.words = new Words(names);
        this.branches = new Branches(words, slots, ids);
    }

    /// Declares what calls bring, wherever it is used.
    void declare(List<Draft> drafts) {
        for (Draft draft : drafts) {
            Part into = draft.field("into");
            Part call = draft.field("call");
            FunctionSpec spec = call == null ? null : catalogue.get(call.text());
            if (into != null && !names.declare(into.text(), spec == null ? Type.Plain.ANY : spec.out())) {
                into.fault("the name `" + into.text() + "` is taken", "use another name, or one function for it");
            }
            declare(draft.then());
            declare(draft.otherwise());
        }
    }

    /// Makes the steps of a list.
    ///
    /// @param after the step behind the last
    void read(List<Draft> drafts, int after) {
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            int next = i + 1 < drafts.size() ? drafts.get(i + 1).index() : after;
            var action = action(draft, next);
            steps.put(
                    draft.index(),
                    new Step(draft.index(), draft.id(), draft.part().line(), depends(draft), next, action));
            read(draft.then(), next);
            read(draft.otherwise(), next);
        }
    }

    /// The steps that were made, by index.
    List<Step> steps() {
        return List.copyOf(steps.values());
    }

    private Set<String> depends(Draft draft) {
        var depends = new HashSet<String>();
        Part part = draft.field("depends");
        if (part != null) {
            part.items().forEach(item -> depends.add(slot(item)));
        }
        return depends;
    }

    private Action action(Draft draft, int next) {
        Part key = draft.fields().getOrDefault(draft.kind().key(), draft.part());
        return switch (draft.kind()) {
            case SAY -> new Action.Say(words.phrase(key, draft.part()));
            case ASK -> ask(draft, key);
            case CHOOSE -> choose(draft, key);
            case CONFIRM -> confirm(draft, key);
            case CALL -> call(draft, key);
            case SET -> set(key);
            case IF -> condition(draft, key, next);
            case GOTO -> new Action.Goto(branches.target(key));
            case RUN -> run(key);
            case CARD -> card(draft, key);
            case HANDOFF -> new Action.HandOff(key.text());
            case END -> new Action.End(key.text());
        };
    }

    private Action run(Part key) {
        String wanted = key.text();
        if (wanted.equals(flow)) {
            key.fault("the flow runs itself", "write goto: START to begin it anew");
        } else if (!FlowLoader.NAME.matcher(wanted).matches()) {
            key.fault("`" + wanted + "` cannot be a flow's name", "use 1 to 64 of a-z 0-9 _, a letter first");
        }
        return new Action.Run(wanted);
    }

    private Action ask(Draft draft, Part key) {
        String slot = slot(key);
        Part quick = draft.field("quick");
        if (quick != null && !quick.text().equals("$slot.values")) {
            quick.fault("quick offers the values of the slot", "write quick: $slot.values");
        }
        Slot asked = slots.get(slot);
        boolean buttons = quick != null || asked != null && asked.kind() == Slot.Kind.YESNO;
        if (quick != null && asked != null && asked.kind() != Slot.Kind.ENUM && asked.kind() != Slot.Kind.YESNO) {
            quick.fault("`" + slot + "` has no values to offer", "leave out quick, or make it an enum");
        }
        return new Action.Ask(
                slot, words.phrase(draft.field("say"), draft.part()), buttons, retries(draft), onFail(draft, slot));
    }

    private Action choose(Draft draft, Part key) {
        String slot = slot(key);
        Slot chosen = slots.get(slot);
        if (chosen != null && chosen.kind() != Slot.Kind.ORDER && chosen.kind() != Slot.Kind.ITEM) {
            key.fault("`" + slot + "` cannot hold what is chosen", "make its type order_ref or item");
        }
        Part from = draft.field("from");
        var list = from == null ? new Expression.Path("flow", List.of()) : names.path(from);
        if (from == null) {
            draft.part().fault("the step does not say what to choose from", "add from: $list");
        } else if (!(names.type(from, list).fits(new Type.Many(Type.Plain.ANY)))) {
            from.fault("`" + list + "` is no list", "use what a function returned as a list");
        }
        Part many = draft.field("many");
        var fields = many == null ? Map.<String, Part>of() : many.fields(Set.of("card", "say"));
        if (many == null) {
            draft.part().fault("the step does not say what to ask", "add many: {say: {zh: …, en: …}}");
        }
        Part card = fields.get("card");
        return new Action.Choose(
                slot,
                list,
                match(draft.field("match")),
                branches.read(draft.field("none"), Branch.person(flow + "_nothing_to_choose")),
                one(draft.field("one")),
                card == null ? null : cardName(card),
                many == null ? Words.NOTHING : words.phrase(fields.get("say"), many),
                retries(draft),
                onFail(draft, slot));
    }

    private Branch one(@Nullable Part part) {
        if (part == null || part.isScalar()) {
            if (part != null && !part.text().equals("auto")) {
                part.fault("`" + part.text() + "` is not known here", "write one: auto, or one: {say: …}");
            }
            return Branch.NEXT;
        }
        return branches.read(part, Branch.NEXT);
    }

    private static Set<Action.Match> match(@Nullable Part part) {
        var match = EnumSet.noneOf(Action.Match.class);
        if (part == null) {
            return EnumSet.allOf(Action.Match.class);
        }
        for (Part item : part.items()) {
            try {
                match.add(Action.Match.valueOf(item.text().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                item.fault("`" + item.text() + "` is no way to name an item", "use index, order_no, title");
            }
        }
        return match;
    }

    private Action confirm(Draft draft, Part key) {
        String slot = slot(key);
        Slot asked = slots.get(slot);
        if (asked != null && asked.kind() != Slot.Kind.YESNO) {
            key.fault("a confirm needs a yes or no, and `" + slot + "` is none", "make its type yesno");
        }
        Part card = draft.field("card");
        if (card != null && !cardName(card).equals("confirm")) {
            card.fault("a confirm stands on the card `confirm`", "write card: confirm, or leave it out");
        }
        Part no = draft.field("no");
        if (no == null) {
            draft.part().fault("the confirm does not say what a no does", "add no: {end: declined}");
        }
        return new Action.Confirm(
                slot,
                words.phrase(draft.field("say"), draft.part()),
                card != null,
                branches.read(draft.field("yes"), Branch.NEXT),
                branches.read(no, Branch.person(flow + "_declined")),
                retries(draft),
                onFail(draft, slot));
    }

    private Action call(Draft draft, Part key) {
        FunctionSpec spec = catalogue.get(key.text());
        if (spec == null) {
            key.fault(
                    "there is no function `" + key.text() + "`",
                    "use one of " + String.join(", ", catalogue.all().keySet()));
            spec = unknown(key.text());
        }
        Part into = draft.field("into");
        return new Action.CallFunction(
                spec,
                arguments(draft, spec),
                into == null ? null : into.text(),
                branches.read(draft.field("on_error"), Branch.person(flow + "_error")));
    }

    private static FunctionSpec unknown(String name) {
        return new FunctionSpec(name, false, Map.of(), Type.Plain.ANY, java.time.Duration.ofSeconds(1), 0, null);
    }

    private Map<String, Expression> arguments(Draft draft, FunctionSpec spec) {
        Part with = draft.field("with");
        var given = new LinkedHashMap<String, Expression>();
        (with == null ? Map.<String, Part>of() : with.fields()).forEach((name, part) -> {
            var value = names.value(part);
            given.put(name, value);
            FunctionSpec.Argument wanted = spec.arguments().get(name);
            if (wanted != null) {
                check(name, part, value, wanted.type());
            } else if (catalogue.get(spec.name()) != null) {
                part.fault(
                        "`" + spec.name() + "` takes no `" + name + "`",
                        "use " + String.join(", ", spec.arguments().keySet()));
            }
        });
        spec.arguments().forEach((name, argument) -> {
            if (!argument.optional() && !given.containsKey(name)) {
                draft.part().fault("`" + spec.name() + "` needs `" + name + "`", "add it to with:");
            }
        });
        return given;
    }

    private void check(String name, Part part, Expression value, Type wanted) {
        if (name.equals("buyer") && !value.equals(new Expression.Path("buyer", List.of("id")))) {
            part.fault("a call is made for the shopper who talks, and for nobody else", "write buyer: $buyer.id");
        }
        var type = names.type(part, value);
        boolean figure = type == Type.Plain.NUMBER && wanted == Type.Plain.STRING;
        if (!figure && !type.fits(wanted)) {
            part.fault(
                    "`" + name + "` is " + type.label() + ", and " + wanted.label() + " is wanted",
                    "give a value of that type");
        }
    }

    private Action set(Part key) {
        var values = new LinkedHashMap<String, Expression>();
        key.fields().forEach((name, part) -> {
            Slot slot = slots.get(name);
            if (slot == null) {
                part.fault("there is no slot `" + name + "`", "declare it under slots");
                return;
            }
            if (slot.kind() == Slot.Kind.YESNO) {
                part.fault("only the shopper fills a yes or no", "ask for it");
            }
            var value = names.value(part);
            Type wanted = names.get(name);
            if (wanted != null && !names.type(part, value).fits(wanted)) {
                part.fault("`" + name + "` cannot hold that", "give " + wanted.label());
            }
            values.put(name, value);
        });
        return new Action.SetSlots(values);
    }

    private Action condition(Draft draft, Part key, int next) {
        if (draft.then().isEmpty()) {
            draft.part().fault("the if has no steps", "add then: and a list of steps");
        }
        return new Action.If(
                names.condition(key),
                draft.then().isEmpty() ? next : draft.then().getFirst().index(),
                draft.otherwise().isEmpty()
                        ? next
                        : draft.otherwise().getFirst().index());
    }

    private Action card(Draft draft, Part key) {
        Part data = draft.field("data");
        if (data == null) {
            draft.part().fault("the card has no data", "add data: $name");
        }
        var path = data == null ? new Expression.Path("flow", List.of()) : names.path(data);
        Type type = data == null ? Type.Plain.ANY : names.type(data, path);
        if (data != null && type.field("card") == null) {
            data.fault("`" + path + "` has nothing for a card", "use what a function returned that has a card");
        }
        return new Action.ShowCard(cardName(key), path, words.phrase(draft.field("say"), draft.part()));
    }

    private static String cardName(Part part) {
        String name = part.text();
        if (!CARDS.contains(name)) {
            part.fault(
                    "there is no card `" + name + "`",
                    "use one of " + String.join(", ", CARDS.stream().sorted().toList()));
        }
        return name;
    }

    private static int retries(Draft draft) {
        Part part = draft.field("retries");
        return part == null ? RETRIES : part.number(0, MAX_RETRIES);
    }

    private Branch onFail(Draft draft, String slot) {
        return branches.read(draft.field("on_fail"), Branch.person(flow + '_' + slot + "_unclear"));
    }

    private String slot(Part part) {
        String name = part.text();
        if (!name.isEmpty() && !slots.containsKey(name)) {
            part.fault("there is no slot `" + name + "`", "declare it under slots");
        }
        return name;
    }
}
