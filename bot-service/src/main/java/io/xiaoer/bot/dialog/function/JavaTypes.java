package io.xiaoer.bot.dialog.function;

import io.xiaoer.bot.dialog.expression.Type;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What Java types are in a flow.
final class JavaTypes {

    /// Deeper parts of records are not looked into: a flow has no use for them.
    private static final int DEPTH = 4;

    private JavaTypes() {}

    /// The type in a flow.
    static Type of(java.lang.reflect.Type type) {
        return of(type, DEPTH);
    }

    private static Type of(java.lang.reflect.Type type, int depth) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            if (Collection.class.isAssignableFrom(raw)) {
                return new Type.Many(of(generic.getActualTypeArguments()[0], depth));
            }
            return raw == Optional.class ? of(generic.getActualTypeArguments()[0], depth) : Type.Plain.ANY;
        }
        return type instanceof Class<?> plain ? of(plain, depth) : Type.Plain.ANY;
    }

    private static Type of(Class<?> type, int depth) {
        if (type == String.class) {
            return Type.Plain.STRING;
        }
        if (type == boolean.class || type == Boolean.class) {
            return Type.Plain.BOOLEAN;
        }
        if (type == int.class
                || type == long.class
                || type == double.class
                || Number.class.isAssignableFrom(type)
                || type == BigDecimal.class) {
            return Type.Plain.NUMBER;
        }
        if (type.isEnum()) {
            return new Type.Choice(Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .toList());
        }
        if (type.isRecord() && depth > 0) {
            var fields = new LinkedHashMap<String, Type>();
            for (RecordComponent component : type.getRecordComponents()) {
                fields.put(Values.name(component), of(component.getGenericType(), depth - 1));
            }
            return new Type.Parts(type.getSimpleName(), fields);
        }
        return Type.Plain.ANY;
    }

    /// The records and enums that a type is made of, by their simple names.
    static Map<String, Type> named(java.lang.reflect.Type type) {
        var named = new HashMap<String, Type>();
        collect(type, named, DEPTH);
        return named;
    }

    private static void collect(java.lang.reflect.Type type, Map<String, Type> named, int depth) {
        if (type instanceof ParameterizedType generic) {
            for (java.lang.reflect.Type argument : generic.getActualTypeArguments()) {
                collect(argument, named, depth);
            }
        } else if (type instanceof Class<?> plain && depth > 0 && (plain.isRecord() || plain.isEnum())) {
            named.put(plain.getSimpleName(), of(plain));
            for (RecordComponent component : plain.isRecord() ? plain.getRecordComponents() : new RecordComponent[0]) {
                collect(component.getGenericType(), named, depth - 1);
            }
        }
    }

    /// Whether a component may be null or empty.
    static boolean isOptional(RecordComponent component) {
        Class<?> type = component.getType();
        AnnotatedType annotated = component.getAnnotatedType();
        return annotated.isAnnotationPresent(Nullable.class)
                || Collection.class.isAssignableFrom(type)
                || type == Optional.class;
    }

    /// Whether a Java type can take what the catalogue's type holds.
    static boolean takes(Class<?> type, Type wanted) {
        return switch (wanted) {
            case Type.Plain plain ->
                switch (plain) {
                    case ANY -> true;
                    case STRING -> type == String.class || type.isEnum();
                    case NUMBER -> of(type) == Type.Plain.NUMBER;
                    case BOOLEAN -> of(type) == Type.Plain.BOOLEAN;
                    case RANGE -> type.isRecord();
                };
            case Type.Choice _ -> type == String.class || type.isEnum();
            case Type.OrderRef _ -> type == String.class;
            case Type.Many _ -> Collection.class.isAssignableFrom(type);
            case Type.Parts(var name, var _) -> type.getSimpleName().equals(name);
        };
    }
}
