package io.xiaoer.bot.dialog.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A condition or a value. What is missing is empty: it equals nothing, is neither above nor below anything, and
/// counts as no.
public sealed interface Expression {

    /// A value as it stands.
    record Literal(Object value) implements Expression {}

    /// `$name.field.field`.
    record Path(String name, List<String> fields) implements Expression {
        public Path {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return '$' + name + (fields.isEmpty() ? "" : '.' + String.join(".", fields));
        }
    }

    /// `[a, b]`.
    record Items(List<Expression> of) implements Expression {
        public Items {
            of = List.copyOf(of);
        }
    }

    /// `!a`.
    record Not(Expression of) implements Expression {}

    /// `a && b`, `a || b`.
    record Both(boolean and, Expression left, Expression right) implements Expression {}

    /// `a < b` and its like.
    record Compare(Operator operator, Expression left, Expression right) implements Expression {}

    /// `a is empty`, `a is not empty`.
    record Empty(Expression of, boolean wanted) implements Expression {}

    /// `a in [b, c]`.
    record In(Expression of, Expression among) implements Expression {}

    /// How two values are compared.
    enum Operator {
        EQUAL("=="),
        UNEQUAL("!="),
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /// As it is written.
        public String sign() {
            return sign;
        }

        /// Whether it asks for an order, not for equality.
        public boolean ranks() {
            return this != EQUAL && this != UNEQUAL;
        }

        private boolean holds(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case UNEQUAL -> comparison != 0;
                case LESS -> comparison < 0;
                case AT_MOST -> comparison <= 0;
                case MORE -> comparison > 0;
                case AT_LEAST -> comparison >= 0;
            };
        }
    }

    /// The value, null if there is none.
    default @Nullable Object value(Scope scope) {
        return switch (this) {
            case Literal(var value) -> value;
            case Path(var name, var fields) -> walk(scope.get(name), fields);
            case Items(var of) -> items(of, scope);
            case Not(var of) -> !of.holds(scope);
            case Both(var and, var left, var right) ->
                and ? left.holds(scope) && right.holds(scope) : left.holds(scope) || right.holds(scope);
            case Compare(var operator, var left, var right) -> compare(operator, left.value(scope), right.value(scope));
            case Empty(var of, var wanted) -> isEmpty(of.value(scope)) == wanted;
            case In(var of, var among) -> {
                Object value = of.value(scope);
                yield value != null
                        && among.value(scope) instanceof Collection<?> values
                        && values.stream().anyMatch(each -> same(value, each));
            }
        };
    }

    /// Whether the value is a plain yes.
    default boolean holds(Scope scope) {
        return Boolean.TRUE.equals(value(scope));
    }

    /// Whether a value counts as none.
    static boolean isEmpty(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.isBlank();
            case Collection<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }

    private static @Nullable Object walk(@Nullable Object from, List<String> fields) {
        Object at = from;
        for (String field : fields) {
            at = at instanceof Map<?, ?> map ? map.get(field) : null;
        }
        return at;
    }

    private static List<Object> items(List<Expression> of, Scope scope) {
        var values = new ArrayList<Object>(of.size());
        for (Expression each : of) {
            Object value = each.value(scope);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private static boolean compare(Operator operator, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return operator == Operator.UNEQUAL && (left == null) != (right == null);
        }
        var one = number(left);
        var other = number(right);
        if (one != null && other != null) {
            return operator.holds(one.compareTo(other));
        }
        if (operator.ranks()) {
            return false;
        }
        return (operator == Operator.EQUAL) == same(left, right);
    }

    private static boolean same(Object left, @Nullable Object right) {
        var one = number(left);
        var other = right == null ? null : number(right);
        return one != null && other != null ? one.compareTo(other) == 0 : Objects.equals(left, right);
    }

    private static @Nullable BigDecimal number(Object value) {
        return switch (value) {
            case BigDecimal number -> number;
            case Integer number -> BigDecimal.valueOf(number);
            case Long number -> BigDecimal.valueOf(number);
            case Number number -> Double.isFinite(number.doubleValue()) ? new BigDecimal(number.toString()) : null;
            default -> null;
        };
    }
}
