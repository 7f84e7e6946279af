package io.xiaoer.common.rest;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.Serial;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/// Reads the null marks of a record as rules of the border: a component of a `@NullMarked` record that is not
/// `@Nullable` must be there, so that no constructor meets a null that its types exclude. Collections and maps are
/// empty when absent.
final class RequiredComponents extends JacksonAnnotationIntrospector {

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
        if (component == null || isNullable(component)) {
            return super.findSetterInfo(config, annotated);
        }
        return isContainer(component)
                ? JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)
                : JsonSetter.Value.forValueNulls(Nulls.FAIL);
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

    private static boolean isContainer(RecordComponent component) {
        return Collection.class.isAssignableFrom(component.getType())
                || Map.class.isAssignableFrom(component.getType());
    }
}
