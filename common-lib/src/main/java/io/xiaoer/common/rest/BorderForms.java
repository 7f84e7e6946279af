package io.xiaoer.common.rest;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.Serial;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/// What the border reads from our own types. A component of a `@NullMarked` record that is not `@Nullable` must be
/// there, so that no constructor meets a null that its types exclude; collections and maps are empty when absent, and
/// no element of a collection is null unless its type says `@Nullable`. The constants of an enum are written in small
/// letters, and taken in no other way.
final class BorderForms extends JacksonAnnotationIntrospector {

    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        var component = component(member);
        if (component == null) {
            return super.hasRequiredMarker(config, member);
        }
        return !isNullable(component) && !isContainer(component);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        var component = component(annotated);
        if (component == null) {
            return super.findSetterInfo(config, annotated);
        }
        var elements = hasNullableElements(component) ? Nulls.DEFAULT : Nulls.FAIL;
        if (isNullable(component)) {
            return JsonSetter.Value.forContentNulls(elements);
        }
        return JsonSetter.Value.construct(isContainer(component) ? Nulls.AS_EMPTY : Nulls.FAIL, elements);
    }

    @Override
    public String[] findEnumValues(
            MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, @Nullable String[] names) {
        var written = super.findEnumValues(config, type, constants, names);
        for (var i = 0; i < constants.length; i++) {
            if (written[i] == null) {
                written[i] = constants[i].name().toLowerCase(Locale.ROOT);
            }
        }
        return written;
    }

    private static @Nullable RecordComponent component(Annotated annotated) {
        if (!(annotated instanceof AnnotatedParameter parameter)) {
            return null;
        }
        var type = parameter.getDeclaringClass();
        if (!type.isRecord() || !isNullMarked(type)) {
            return null;
        }
        var components = type.getRecordComponents();
        if (parameter.getOwner().getParameterCount() != components.length) {
            return null;
        }
        return components[parameter.getIndex()];
    }

    private static boolean isNullMarked(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
            if (at.isAnnotationPresent(NullMarked.class)) {
                return true;
            }
        }
        return type.getPackage().isAnnotationPresent(NullMarked.class);
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static boolean hasNullableElements(RecordComponent component) {
        return !Collection.class.isAssignableFrom(component.getType())
                || !(component.getAnnotatedType() instanceof AnnotatedParameterizedType collection)
                || Arrays.stream(collection.getAnnotatedActualTypeArguments())
                        .anyMatch(element -> element instanceof AnnotatedWildcardType
                                || element.isAnnotationPresent(Nullable.class));
    }

    private static boolean isContainer(RecordComponent component) {
        return Collection.class.isAssignableFrom(component.getType())
                || Map.class.isAssignableFrom(component.getType());
    }
}
