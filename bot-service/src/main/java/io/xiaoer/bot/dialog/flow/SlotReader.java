package io.xiaoer.bot.dialog.flow;

import io.xiaoer.bot.dialog.yaml.Part;
import io.xiaoer.common.text.PlainText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the slots of a flow.
final class SlotReader {

    private static final int MOST = 30;
    private static final int MOST_VALUES = 50;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    static final Map<String, Slot.Kind> KINDS = Map.of(
            "text", Slot.Kind.TEXT,
            "string", Slot.Kind.TEXT,
            "int", Slot.Kind.NUMBER,
            "number", Slot.Kind.NUMBER,
            "phone", Slot.Kind.PHONE,
            "enum", Slot.Kind.ENUM,
            "yesno", Slot.Kind.YESNO,
            "daterange", Slot.Kind.RANGE,
            "order_ref", Slot.Kind.ORDER,
            "item", Slot.Kind.ITEM);
    private static final Map<String, Slot.Origin> ORIGINS = Map.of(
            "payload", Slot.Origin.PAYLOAD,
            "message", Slot.Origin.MESSAGE,
            "message.item_words", Slot.Origin.ITEM_WORDS,
            "message.address", Slot.Origin.ADDRESS_WORDS,
            "message.recipient", Slot.Origin.RECIPIENT_WORDS,
            "message.instead", Slot.Origin.INSTEAD_WORDS,
            "context.order", Slot.Origin.CONTEXT_ORDER);

    private static final Set<Slot.Origin> WORDS = EnumSet.of(
            Slot.Origin.ITEM_WORDS, Slot.Origin.ADDRESS_WORDS, Slot.Origin.RECIPIENT_WORDS, Slot.Origin.INSTEAD_WORDS);

    private SlotReader() {}

    static Map<String, Slot> slots(@Nullable Part part) {
        var slots = new LinkedHashMap<String, Slot>();
        if (part == null) {
            return slots;
        }
        part.fields().forEach((name, body) -> {
            if (!NAME.matcher(name).matches()) {
                body.fault("`" + name + "` cannot be a slot's name", "use 1 to 32 of a-z 0-9 _, a letter first");
            } else if (slots.size() == MOST) {
                body.fault("the flow has too many slots", "use at most " + MOST);
            } else {
                slots.put(name, slot(name, body));
            }
        });
        return slots;
    }

    private static Slot slot(String name, Part body) {
        var fields = body.fields(Set.of("type", "from", "values", "bias"));
        Part type = fields.get("type");
        Slot.Kind kind = type == null ? null : KINDS.get(type.text());
        if (kind == null) {
            (type == null ? body : type)
                    .fault(
                            "the slot `" + name + "` has no known type",
                            "use one of "
                                    + String.join(
                                            ", ",
                                            KINDS.keySet().stream().sorted().toList()));
        }
        Part values = fields.get("values");
        if ((kind == Slot.Kind.ENUM) != (values != null)) {
            body.fault(
                    kind == Slot.Kind.ENUM ? "the enum has no values" : "only an enum has values",
                    kind == Slot.Kind.ENUM ? "add values: {NAME: [words]}" : "leave out values");
        }
        Part bias = fields.get("bias");
        if (bias != null && !bias.text().equals("past")) {
            bias.fault("`" + bias.text() + "` is not known here", "write bias: past, or leave it out");
        }
        return new Slot(
                name,
                kind == null ? Slot.Kind.TEXT : kind,
                values == null ? Map.of() : values(values),
                origins(fields.get("from"), kind),
                bias != null);
    }

    private static Map<String, List<String>> values(Part part) {
        var values = new LinkedHashMap<String, List<String>>();
        var owners = new HashMap<String, String>();
        part.fields().forEach((value, words) -> {
            if (values.size() == MOST_VALUES) {
                words.fault("the enum has too many values", "use at most " + MOST_VALUES);
                return;
            }
            var own = new ArrayList<String>();
            for (Part word : words.items()) {
                String owner = owners.putIfAbsent(PlainText.of(word.text()), value);
                if (owner != null) {
                    word.fault(
                            "`" + word.text() + "` means " + owner + (owner.equals(value) ? " already" : " as well"),
                            "let it stand at one value, once");
                }
                own.add(word.text());
            }
            if (own.isEmpty()) {
                words.fault("the value `" + value + "` has no words", "add what shoppers call it, in both languages");
            }
            values.put(value, own);
        });
        return values;
    }

    private static Set<Slot.Origin> origins(@Nullable Part part, Slot.@Nullable Kind kind) {
        var origins = EnumSet.noneOf(Slot.Origin.class);
        for (Part item : part == null ? List.<Part>of() : part.items()) {
            Slot.Origin origin = ORIGINS.get(item.text());
            if (origin == null) {
                item.fault(
                        "a slot cannot come from `" + item.text() + "`",
                        "use one of "
                                + String.join(
                                        ", ", ORIGINS.keySet().stream().sorted().toList()));
            } else if (kind == Slot.Kind.YESNO) {
                item.fault("a yes or no is only asked for", "leave out from");
            } else if (origin == Slot.Origin.CONTEXT_ORDER && kind != Slot.Kind.ORDER) {
                item.fault("context.order is an order", "make the slot's type order_ref");
            } else if (WORDS.contains(origin) && kind != Slot.Kind.TEXT) {
                item.fault(item.text() + " are words", "make the slot's type text");
            } else {
                origins.add(origin);
            }
        }
        return origins;
    }
}
