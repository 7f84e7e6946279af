package io.xiaoer.bot.dialog.function;

import io.xiaoer.bot.dialog.expression.Figures;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Between records and the plain data that a dialog remembers: strings, numbers, booleans, lists, and maps whose keys
/// are the components in snake case.
public final class Values {

    private Values() {}

    /// Plain data of anything; null components are left out.
    ///
    /// @throws ArithmeticException if a number has too many figures
    public static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number -> Figures.checked(number);
            case BigInteger whole -> Figures.checked(new BigDecimal(whole));
            case String _, Boolean _, Number _ -> value;
            case Enum<?> constant -> constant.name();
            case Optional<?> optional -> plain(optional.orElse(null));
            case Collection<?> items -> plainList(items);
            case Map<?, ?> map -> {
                var fields = new LinkedHashMap<String, Object>();
                map.forEach((key, each) -> put(fields, String.valueOf(key), plain(each)));
                yield fields;
            }
            case Record row -> {
                var fields = new LinkedHashMap<String, Object>();
                for (RecordComponent component : row.getClass().getRecordComponents()) {
                    put(fields, name(component), plain(read(component, row)));
                }
                yield fields;
            }
            default -> value.toString();
        };
    }

    private static List<Object> plainList(Collection<?> items) {
        var list = new ArrayList<Object>(items.size());
        for (Object each : items) {
            Object item = plain(each);
            if (item != null) {
                list.add(item);
            }
        }
        return list;
    }

    private static void put(Map<String, Object> fields, String key, @Nullable Object value) {
        if (value != null) {
            fields.put(key, value);
        }
    }

    private static @Nullable Object read(RecordComponent component, Record row) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(row);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a record that cannot be read", e);
        }
    }

    /// A component's name in snake case.
    public static String name(RecordComponent component) {
        return component.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /// A record of plain data.
    ///
    /// @throws IllegalArgumentException if the data does not fit
    /// @throws ArithmeticException if a number is none of its type or has too many figures
    public static Object bind(Type type, Object value) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            var arguments = generic.getActualTypeArguments();
            if (Collection.class.isAssignableFrom(raw)) {
                var items = value instanceof Collection<?> many ? many : List.of(value);
                return items.stream().map(item -> bind(arguments[0], item)).toList();
            }
            return raw == Optional.class ? Optional.of(bind(arguments[0], value)) : value;
        }
        return type instanceof Class<?> plain ? bind(plain, value) : value;
    }

    private static Object bind(Class<?> type, Object value) {
        if (type == String.class) {
            return value instanceof Map<?, ?> whole && whole.get("no") != null
                    ? String.valueOf(whole.get("no"))
                    : value.toString();
        }
        if (type.isRecord()) {
            return row(type, value);
        }
        if (type.isEnum()) {
            return constant(type, value.toString());
        }
        if (type == Boolean.class || type == boolean.class) {
            return Boolean.valueOf(value.toString());
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return number(type, Figures.read(value.toString()));
        }
        return time(type, value);
    }

    private static Object time(Class<?> type, Object value) {
        String text = value.toString();
        if (type == Instant.class) {
            return Instant.parse(text);
        }
        if (type == LocalDate.class) {
            return LocalDate.parse(text);
        }
        if (type == LocalDateTime.class) {
            return LocalDateTime.parse(text);
        }
        if (type == OffsetDateTime.class) {
            return OffsetDateTime.parse(text);
        }
        return type == ZonedDateTime.class ? ZonedDateTime.parse(text) : value;
    }

    private static Object number(Class<?> type, BigDecimal number) {
        if (type == int.class || type == Integer.class) {
            return number.intValueExact();
        }
        if (type == long.class || type == Long.class) {
            return number.longValueExact();
        }
        return type == double.class || type == Double.class ? number.doubleValue() : number;
    }

    private static Object constant(Class<?> type, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (constant.toString().equalsIgnoreCase(name)
                    || ((Enum<?>) constant).name().equalsIgnoreCase(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no such value");
    }

    private static Object row(Class<?> type, Object value) {
        if (!(value instanceof Map<?, ?> fields)) {
            throw new IllegalArgumentException("no object");
        }
        var components = type.getRecordComponents();
        var types = new Class<?>[components.length];
        var values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Object field = fields.get(name(components[i]));
            values[i] = field == null ? absent(types[i]) : bind(components[i].getGenericType(), field);
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("a record that cannot be made", e);
        }
    }

    private static @Nullable Object absent(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type.isPrimitive()) {
            return number(type, BigDecimal.ZERO);
        }
        return Collection.class.isAssignableFrom(type) ? List.of() : type == Optional.class ? Optional.empty() : null;
    }
}
