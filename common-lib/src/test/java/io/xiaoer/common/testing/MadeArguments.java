package io.xiaoer.common.testing;

import io.xiaoer.common.id.ShopId;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.ibatis.annotations.Param;

/// Arguments for the methods of mappers: every text and every number is the same one, and shops are the given one, so
/// that rows of [ShopsApart] are found by whatever column a statement looks at.
final class MadeArguments {

    private final ShopId shop;
    private final int number;

    MadeArguments(ShopId shop, int number) {
        this.shop = shop;
        this.number = number;
    }

    Object[] of(Method method) {
        return Arrays.stream(method.getParameters()).map(this::argument).toArray();
    }

    /// Whether any argument of the method says whose rows are meant.
    static boolean nameAShop(Method method) {
        return Arrays.stream(method.getParameters())
                .anyMatch(parameter ->
                        isShop(name(parameter), parameter.getType()) || namesAShop(parameter.getParameterizedType()));
    }

    private static boolean namesAShop(Type type) {
        return switch (type) {
            case ParameterizedType generic -> namesAShop(generic.getActualTypeArguments()[0]);
            case Class<?> raw
            when raw.isRecord() ->
                Arrays.stream(raw.getRecordComponents()).anyMatch(part -> isShop(part.getName(), part.getType()));
            default -> false;
        };
    }

    private static boolean isShop(String name, Class<?> type) {
        return type == ShopId.class
                || type == String.class && Set.of("shop", "shopId").contains(name);
    }

    private static String name(Parameter parameter) {
        var named = parameter.getAnnotation(Param.class);
        return named == null ? "" : named.value();
    }

    private Object argument(Parameter parameter) {
        return value(name(parameter), parameter.getParameterizedType(), number);
    }

    private Object value(String name, Type type, int wanted) {
        return switch (type) {
            case ParameterizedType generic
            when generic.getRawType() == Set.class -> Set.of(value(name, generic.getActualTypeArguments()[0], wanted));
            case ParameterizedType generic -> List.of(value(name, generic.getActualTypeArguments()[0], wanted));
            case Class<?> raw -> value(name, raw, wanted);
            default -> throw new IllegalArgumentException("no argument is known for " + type);
        };
    }

    private Object value(String name, Class<?> type, int wanted) {
        if (type == ShopId.class) {
            return shop;
        }
        if (type == String.class) {
            return isShop(name, type) ? shop.value() : Integer.toString(number);
        }
        if (type == long.class || type == Long.class) {
            return (long) wanted;
        }
        if (type == int.class || type == Integer.class) {
            return wanted;
        }
        if (type == double.class || type == Double.class) {
            return (double) wanted;
        }
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type == Instant.class) {
            return ShopsApart.MOMENT;
        }
        if (type == byte[].class) {
            return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isRecord()) {
            return record(type);
        }
        throw new IllegalArgumentException("no argument is known for " + type);
    }

    /// With numbers as everywhere, or with ones where a record does not take those.
    private Object record(Class<?> type) {
        try {
            return record(type, number);
        } catch (IllegalArgumentException tooMuch) {
            return record(type, 1);
        }
    }

    private Object record(Class<?> type, int wanted) {
        var parts = type.getRecordComponents();
        var values = Arrays.stream(parts)
                .map(part -> value(part.getName(), part.getGenericType(), wanted))
                .toArray();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException refused) {
            throw new IllegalArgumentException("no " + type.getSimpleName() + " is made of these", refused);
        }
    }
}
