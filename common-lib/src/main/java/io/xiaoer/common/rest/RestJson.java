package io.xiaoer.common.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.TimeZone;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/// The rules of JSON at the public border, in one place. See the package for what they promise.
public final class RestJson {

    /// The deepest body that is read.
    public static final int MAX_DEPTH = 32;

    private RestJson() {}

    /// A mapper with these rules.
    public static JsonMapper mapper() {
        return configure(JsonMapper.builder(factory())).build();
    }

    /// A factory whose parsers refuse what is deeper than [#MAX_DEPTH].
    public static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .build();
    }

    /// Puts the rules on a builder, Boot's for example.
    public static JsonMapper.Builder configure(JsonMapper.Builder builder) {
        return builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .changeDefaultPropertyInclusion(
                        any -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .defaultTimeZone(TimeZone.getTimeZone("UTC"))
                .annotationIntrospector(new BorderForms())
                .addModule(new SimpleModule()
                        .addDeserializer(String.class, new WholeText())
                        .addDeserializer(Instant.class, new MomentsOfBodies()))
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .withCoercionConfig(LogicalType.Textual, config -> unlessText(config, CoercionAction.Fail))
                .withCoercionConfig(LogicalType.Integer, config -> text(config, CoercionAction.Fail))
                .withCoercionConfig(LogicalType.Float, config -> text(config, CoercionAction.Fail))
                .withCoercionConfig(LogicalType.Boolean, config -> {
                    text(config, CoercionAction.Fail);
                    config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                });
    }

    private static void unlessText(MutableCoercionConfig config, CoercionAction action) {
        config.setCoercion(CoercionInputShape.Integer, action)
                .setCoercion(CoercionInputShape.Float, action)
                .setCoercion(CoercionInputShape.Boolean, action);
    }

    private static void text(MutableCoercionConfig config, CoercionAction action) {
        config.setCoercion(CoercionInputShape.String, action);
    }

    /// A reader's mapper for trees that came from XML, where a list of one looks like a value and nothing has a type.
    static JsonMapper forXml(JsonMapper mapper) {
        return mapper.rebuild()
                .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                .withCoercionConfig(LogicalType.Integer, config -> text(config, CoercionAction.TryConvert))
                .withCoercionConfig(LogicalType.Float, config -> text(config, CoercionAction.TryConvert))
                .withCoercionConfig(LogicalType.Boolean, config -> text(config, CoercionAction.TryConvert))
                .withCoercionConfig(
                        LogicalType.Collection,
                        config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsEmpty))
                .withCoercionConfig(
                        LogicalType.POJO,
                        config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsEmpty))
                .withCoercionConfig(
                        LogicalType.Map,
                        config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsEmpty))
                .build();
    }
}
