package io.xiaoer.bot.dialog.function;

import io.xiaoer.bot.dialog.expression.Type;
import io.xiaoer.bot.dialog.yaml.Faults;
import io.xiaoer.bot.dialog.yaml.InvalidFile;
import io.xiaoer.bot.dialog.yaml.Part;
import io.xiaoer.bot.dialog.yaml.YamlFile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// All functions that flows may call, by name.
public final class Catalogue {

    /// How a write is made idempotent: there is one way.
    public static final String IDEMPOTENT = "${session.id}:${flow.runId}";

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration USUAL = Duration.ofSeconds(2);
    private static final Set<String> KEYS = Set.of("effect", "in", "out", "timeout", "idempotent", "limits", "about");
    private static final Pattern TYPE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?:\\(([A-Za-z0-9_, ]+)\\))?(\\[])?");
    private static final Pattern ARGUMENT = Pattern.compile("([^=?]+)(\\?)?(?:=(.+))?");

    private final Map<String, FunctionSpec> functions;
    private final Type order;

    private Catalogue(Map<String, FunctionSpec> functions) {
        this.functions = Collections.unmodifiableMap(functions);
        this.order = order(functions);
    }

    /// A function, null if there is none of that name.
    public @Nullable FunctionSpec get(String name) {
        return functions.get(name);
    }

    /// All functions, by name.
    public Map<String, FunctionSpec> all() {
        return functions;
    }

    /// What flows know of an order: what all that finds orders tells of them.
    public Type order() {
        return order;
    }

    /// Reads a catalogue.
    ///
    /// @param named what the types that it names are; of others nothing is known
    /// @throws InvalidFile with all that is wrong with it
    public static Catalogue read(String file, String text, Map<String, Type> named) throws InvalidFile {
        var faults = new Faults(file);
        var functions = new LinkedHashMap<String, FunctionSpec>();
        YamlFile.read(file, text, faults)
                .fields()
                .forEach((name, part) -> functions.put(name, function(name, part, named)));
        faults.check();
        var read = new Catalogue(functions);
        return read.withOrders();
    }

    /// Takes the place of every `order_ref` whose fields were not known while it was read.
    private Catalogue withOrders() {
        var whole = new LinkedHashMap<String, FunctionSpec>();
        functions.forEach((name, spec) -> {
            var arguments = new LinkedHashMap<String, FunctionSpec.Argument>();
            spec.arguments()
                    .forEach((key, argument) -> arguments.put(
                            key,
                            argument.type() instanceof Type.OrderRef
                                    ? new FunctionSpec.Argument(order, argument.optional(), argument.otherwise())
                                    : argument));
            whole.put(
                    name,
                    new FunctionSpec(
                            name,
                            spec.writes(),
                            arguments,
                            spec.out(),
                            spec.timeout(),
                            spec.perBuyerDay(),
                            spec.needsAgentOver()));
        });
        return new Catalogue(whole);
    }

    private static Type order(Map<String, FunctionSpec> functions) {
        var kinds = new ArrayList<Map<String, Type>>();
        for (String name : List.of("orders.get", "orders.search")) {
            FunctionSpec spec = functions.get(name);
            Type out = spec == null ? null : spec.out() instanceof Type.Many(var of) ? of : spec.out();
            if (out instanceof Type.Parts(var _, var fields)) {
                kinds.add(fields);
            }
        }
        if (kinds.isEmpty()) {
            return new Type.OrderRef(Map.of());
        }
        var shared = new HashMap<>(kinds.getFirst());
        kinds.forEach(fields -> shared.keySet().retainAll(fields.keySet()));
        return new Type.OrderRef(shared);
    }

    private static FunctionSpec function(String name, Part part, Map<String, Type> named) {
        var fields = part.fields(KEYS);
        Part effect = fields.get("effect");
        boolean writes = effect != null && effect.text().equals("write");
        if (effect == null || !writes && !effect.text().equals("read")) {
            part.fault("`" + name + "` does not say whether it reads or writes", "add effect: read or effect: write");
        }
        Part key = fields.get("idempotent");
        if (writes != (key != null) || key != null && !key.text().equals(IDEMPOTENT)) {
            part.fault(
                    "`" + name + "` is " + (writes ? "a write" : "a read"),
                    writes ? "add idempotent: \"" + IDEMPOTENT + "\"" : "leave out idempotent");
        }
        Part in = fields.get("in");
        var arguments = new LinkedHashMap<String, FunctionSpec.Argument>();
        if (in != null) {
            in.fields().forEach((argument, type) -> arguments.put(argument, argument(type, named)));
        }
        Part out = fields.get("out");
        if (out == null) {
            part.fault("`" + name + "` does not say what it returns", "add out: and a type");
        }
        Part timeout = fields.get("timeout");
        var limits = fields.get("limits") == null
                ? Map.<String, Part>of()
                : fields.get("limits").fields(Set.of("per_buyer_day", "needs_agent_over"));
        Part perDay = limits.get("per_buyer_day");
        Part over = limits.get("needs_agent_over");
        return new FunctionSpec(
                name,
                writes,
                arguments,
                out == null ? Type.Plain.ANY : type(out, out.text(), named),
                timeout == null ? USUAL : timeout.duration(LONGEST),
                perDay == null ? 0 : perDay.number(1, 1000),
                over == null ? null : BigDecimal.valueOf(over.number(0, Integer.MAX_VALUE)));
    }

    private static FunctionSpec.Argument argument(Part part, Map<String, Type> named) {
        Matcher matcher = ARGUMENT.matcher(part.text());
        if (!matcher.matches()) {
            part.fault("the type of the argument cannot be read", "write string, \"string?\" or \"int=6\"");
            return new FunctionSpec.Argument(Type.Plain.ANY, true, null);
        }
        var type = type(part, String.valueOf(matcher.group(1)), named);
        String otherwise = matcher.group(3);
        boolean optional = matcher.group(2) != null || otherwise != null;
        return new FunctionSpec.Argument(type, optional, otherwise == null ? null : value(part, type, otherwise));
    }

    private static Object value(Part part, Type type, String text) {
        if (type != Type.Plain.NUMBER) {
            return text;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            part.fault("`" + text + "` is no number", "write one behind =");
            return text;
        }
    }

    private static Type type(Part part, String text, Map<String, Type> named) {
        Matcher matcher = TYPE.matcher(text.strip());
        if (!matcher.matches()) {
            part.fault(
                    "the type `" + text + "` cannot be read",
                    "use string, text, int, number, bool, daterange, order_ref, enum(A,B) or a record's name, with [] for a list");
            return Type.Plain.ANY;
        }
        String name = String.valueOf(matcher.group(1));
        Type type = switch (name) {
            case "string", "text" -> Type.Plain.STRING;
            case "int", "number" -> Type.Plain.NUMBER;
            case "bool" -> Type.Plain.BOOLEAN;
            case "daterange" -> Type.Plain.RANGE;
            case "order_ref" -> new Type.OrderRef(Map.of());
            case "enum" ->
                new Type.Choice(List.of(
                        String.valueOf(matcher.group(2)).replace(" ", "").split(",")));
            default -> named.getOrDefault(name, Type.Plain.ANY);
        };
        return matcher.group(3) == null ? type : new Type.Many(type);
    }
}
