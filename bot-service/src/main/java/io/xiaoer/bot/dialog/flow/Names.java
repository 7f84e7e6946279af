package io.xiaoer.bot.dialog.flow;

import io.xiaoer.bot.dialog.expression.Expression;
import io.xiaoer.bot.dialog.expression.ExpressionParser;
import io.xiaoer.bot.dialog.expression.SyntaxFault;
import io.xiaoer.bot.dialog.expression.Template;
import io.xiaoer.bot.dialog.expression.Type;
import io.xiaoer.bot.dialog.yaml.Part;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names that may stand in a flow's expressions, and their types: what is given, the slots, and what calls bring.
final class Names {

    /// What is there without being declared.
    static final Map<String, Type> GIVEN = Map.of(
            "buyer", new Type.Parts("buyer", Map.of("id", Type.Plain.STRING, "guest", Type.Plain.BOOLEAN)),
            "session", new Type.Parts("session", Map.of("id", Type.Plain.STRING, "order", Type.Plain.STRING)),
            "flow", new Type.Parts("flow", Map.of("name", Type.Plain.STRING, "runId", Type.Plain.STRING)));

    private final Map<String, Type> types = new HashMap<>(GIVEN);

    /// Declares a name.
    ///
    /// @return whether it was free, or stands for the same type
    boolean declare(String name, Type type) {
        Type known = types.putIfAbsent(name, type);
        return known == null || known.equals(type) && !GIVEN.containsKey(name);
    }

    /// The type of a declared name, null if it is not.
    @Nullable
    Type get(String name) {
        return types.get(name);
    }

    /// Reads a condition, which must be a yes or a no.
    Expression condition(Part part) {
        var expression = expression(part);
        var type = type(part, expression);
        if (!type.fits(Type.Plain.BOOLEAN)) {
            part.fault("the condition is " + type.label() + ", not a yes or no", "compare it, or write `is empty`");
        }
        return expression;
    }

    /// Reads a value: `$name.field`, or what stands there.
    Expression value(Part part) {
        if (part.isList()) {
            return new Expression.Items(part.items().stream().map(this::value).toList());
        }
        Object plain = part.isScalar() ? part.plain() : null;
        return switch (plain) {
            case Boolean yes -> new Expression.Literal(yes);
            case BigDecimal number -> new Expression.Literal(number);
            case String text when !text.startsWith("$") -> new Expression.Literal(text);
            case String _ -> path(part);
            case null, default -> {
                part.fault("a value is wanted here", "write $name, a text, a number or a list");
                yield new Expression.Literal("");
            }
        };
    }

    /// Reads `$name.field`.
    Expression.Path path(Part part) {
        try {
            var path = ExpressionParser.path(part.text());
            type(part, path);
            return path;
        } catch (SyntaxFault e) {
            part.fault(e.what(), e.cure());
            return new Expression.Path("flow", List.of());
        }
    }

    /// Reads words.
    Template words(Part part, int most) {
        String text = part.text();
        if (text.codePointCount(0, text.length()) > most) {
            part.fault("the text is too long", "use at most " + most + " characters");
        }
        try {
            var template = Template.parse(text);
            for (var path : template.places()) {
                type(part, path);
            }
            return template;
        } catch (SyntaxFault e) {
            part.fault(e.what(), e.cure());
            return new Template(List.of());
        }
    }

    private Expression expression(Part part) {
        try {
            return ExpressionParser.parse(part.text());
        } catch (SyntaxFault e) {
            part.fault(e.what(), e.cure());
            return new Expression.Literal(Boolean.FALSE);
        }
    }

    /// The type of an expression; what is wrong with it is told of.
    Type type(Part part, Expression expression) {
        return switch (expression) {
            case Expression.Literal(var value) -> literal(value);
            case Expression.Path path -> type(part, path);
            case Expression.Items(var of) -> new Type.Many(items(part, of));
            case Expression.Not(var of) -> logic(part, of);
            case Expression.Both(var _, var left, var right) -> {
                logic(part, left);
                yield logic(part, right);
            }
            case Expression.Empty(var of, var _) -> {
                type(part, of);
                yield Type.Plain.BOOLEAN;
            }
            case Expression.In(var of, var among) -> {
                var one = type(part, of);
                comparable(part, one, type(part, among) instanceof Type.Many(var each) ? each : Type.Plain.ANY);
                yield Type.Plain.BOOLEAN;
            }
            case Expression.Compare(var operator, var left, var right) -> {
                var one = type(part, left);
                var other = type(part, right);
                if (operator.ranks() && !(one.fits(Type.Plain.NUMBER) && other.fits(Type.Plain.NUMBER))) {
                    part.fault(
                            "`" + operator.sign() + "` compares " + one.label() + " with " + other.label(),
                            "compare numbers, or use ==");
                } else {
                    comparable(part, one, other);
                }
                yield Type.Plain.BOOLEAN;
            }
        };
    }

    private Type logic(Part part, Expression of) {
        var type = type(part, of);
        if (!type.fits(Type.Plain.BOOLEAN)) {
            part.fault(type.label() + " stands where a yes or no must", "compare it, or write `is empty`");
        }
        return Type.Plain.BOOLEAN;
    }

    private Type items(Part part, List<Expression> of) {
        Type all = null;
        for (Expression each : of) {
            var type = type(part, each);
            all = all == null || all.fits(type) ? type : type.fits(all) ? all : Type.Plain.ANY;
        }
        return all == null || of.stream().allMatch(Expression.Literal.class::isInstance) && all instanceof Type.Choice
                ? new Type.Choice(of.stream()
                        .map(each -> each instanceof Expression.Literal(var value) ? value.toString() : "")
                        .toList())
                : all;
    }

    private static void comparable(Part part, Type one, Type other) {
        boolean texts = one.fits(Type.Plain.STRING) && other.fits(Type.Plain.STRING);
        boolean choices = one instanceof Type.Choice(var mine)
                && other instanceof Type.Choice(var theirs)
                && mine.stream().noneMatch(theirs::contains);
        if (choices || !one.fits(other) && !other.fits(one) && !texts) {
            part.fault(
                    one.label() + " is compared with " + other.label(),
                    "compare values of one type" + (choices ? ", and values that there are" : ""));
        }
    }

    private static Type literal(Object value) {
        return switch (value) {
            case Boolean _ -> Type.Plain.BOOLEAN;
            case BigDecimal _ -> Type.Plain.NUMBER;
            default -> new Type.Choice(List.of(value.toString()));
        };
    }

    private Type type(Part part, Expression.Path path) {
        Type type = types.get(path.name());
        if (type == null) {
            part.fault(
                    "`$" + path.name() + "` is not declared",
                    "declare the slot, or use one of "
                            + String.join(", ", types.keySet().stream().sorted().toList()));
            return Type.Plain.ANY;
        }
        var at = new StringBuilder("$" + path.name());
        for (String field : path.fields()) {
            Type of = type.field(field);
            if (of == null) {
                part.fault("`" + at + "` has no `" + field + "`", "use " + fieldsOf(type));
                return Type.Plain.ANY;
            }
            type = of;
            at.append('.').append(field);
        }
        return type;
    }

    private static String fieldsOf(Type type) {
        var fields = switch (type) {
            case Type.Parts(var _, var parts) -> parts;
            case Type.OrderRef(var parts) -> parts;
            case Type.Plain _, Type.Choice _, Type.Many _ -> Map.<String, Type>of();
        };
        return fields.isEmpty()
                ? "it without a field, it is " + type.label()
                : String.join(", ", fields.keySet().stream().sorted().toList());
    }
}
