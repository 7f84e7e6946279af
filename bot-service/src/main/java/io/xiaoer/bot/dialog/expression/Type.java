package io.xiaoer.bot.dialog.expression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a value in a flow may be.
public sealed interface Type {

    /// A type without parts.
    enum Plain implements Type {
        /// Not known before the talk: fits everywhere.
        ANY,
        STRING,
        NUMBER,
        BOOLEAN,
        /// A half-open range of time.
        RANGE
    }

    /// One of some names.
    record Choice(List<String> values) implements Type {
        public Choice {
            values = List.copyOf(values);
        }
    }

    /// A list.
    record Many(Type of) implements Type {}

    /// Named parts, as the record of a function has them.
    record Parts(String name, Map<String, Type> fields) implements Type {
        public Parts {
            fields = Map.copyOf(new LinkedHashMap<>(fields));
        }
    }

    /// An order of the shopper, by its number or whole.
    ///
    /// @param fields what an order is known to have; empty if nothing is known
    record OrderRef(Map<String, Type> fields) implements Type {
        public OrderRef {
            fields = Map.copyOf(fields);
        }
    }

    /// The type of a part, null if there is no such part.
    default @Nullable Type field(String name) {
        return switch (this) {
            case Plain plain -> plain == Plain.ANY ? Plain.ANY : null;
            case Parts(var _, var fields) -> fields.get(name);
            case OrderRef(var fields) -> fields.isEmpty() ? Plain.ANY : fields.get(name);
            case Choice _, Many _ -> null;
        };
    }

    /// Whether a value of this type may stand where the other is wanted.
    default boolean fits(Type wanted) {
        if (this == Plain.ANY || wanted == Plain.ANY) {
            return true;
        }
        return switch (wanted) {
            case Plain plain ->
                switch (plain) {
                    case ANY -> true;
                    case STRING -> this == Plain.STRING || this instanceof Choice || this instanceof OrderRef;
                    case NUMBER, BOOLEAN, RANGE -> this == plain;
                };
            case Choice(var values) -> this instanceof Choice(var mine) && values.containsAll(mine);
            case Many(var of) -> this instanceof Many(var mine) && mine.fits(of);
            case Parts(var name, var _) -> this instanceof Parts(var mine, var _) && mine.equals(name);
            case OrderRef _ ->
                this == Plain.STRING || this instanceof OrderRef || this instanceof Parts && field("no") != null;
        };
    }

    /// The type in words.
    default String label() {
        return switch (this) {
            case Plain plain ->
                switch (plain) {
                    case ANY -> "anything";
                    case STRING -> "string";
                    case NUMBER -> "number";
                    case BOOLEAN -> "yes or no";
                    case RANGE -> "daterange";
                };
            case Choice(var values) -> "one of " + String.join(", ", values);
            case Many(var of) -> "list of " + of.label();
            case Parts(var name, var _) -> name;
            case OrderRef _ -> "order_ref";
        };
    }
}
