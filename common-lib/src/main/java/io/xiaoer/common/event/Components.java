package io.xiaoer.common.event;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The components of records that must be there: those that are not marked [Nullable]. The parser leaves
/// null what a text lacks, whatever the type says. Each type is looked at once.
final class Components {

    private static final ClassValue<List<Component>> OF = new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .filter(each -> !each.getType().isPrimitive())
                    .map(Component::of)
                    .toList();
        }
    };

    private Components() {}

    /// The first that a record lacks, or that a record inside it lacks, as JSON names it:
    /// `hand_off.assignment` for example. Null if it lacks none.
    static @Nullable String missing(Record whole) {
        for (var component : OF.get(whole.getClass())) {
            var value = component.value(whole);
            if (value == null) {
                if (component.required()) {
                    return component.name();
                }
                continue;
            }
            var inside = missingInside(value);
            if (inside != null) {
                return component.name() + '.' + inside;
            }
        }
        return null;
    }

    private static @Nullable String missingInside(Object value) {
        if (value instanceof Record inner) {
            return missing(inner);
        }
        if (value instanceof List<?> list) {
            for (var each : list) {
                var inside = each instanceof Record inner ? missing(inner) : null;
                if (inside != null) {
                    return inside;
                }
            }
        }
        return null;
    }

    private record Component(String name, Method accessor, boolean required) {

        static Component of(RecordComponent component) {
            var accessor = component.getAccessor();
            accessor.setAccessible(true); // of a record that is its package's own
            return new Component(
                    component.getName().replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT),
                    accessor,
                    !component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }

        @Nullable
        Object value(Record whole) {
            try {
                return accessor.invoke(whole);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("an accessor only reads", e);
            }
        }
    }
}
