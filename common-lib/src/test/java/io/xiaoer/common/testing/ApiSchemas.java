package io.xiaoer.common.testing;

import com.alibaba.fastjson2.JSON;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;

/// Judges JSON by the schemas of a document. A module that uses this has `com.networknt:json-schema-validator` in scope
/// test.
public final class ApiSchemas {

    private static final String HOME = "https://xiaoer.example/document";

    private final SchemaRegistry registry;

    public ApiSchemas(ApiDocument document) {
        var json = JSON.toJSONString(document.root());
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(HOME, json)));
    }

    /// What is wrong with a value by the schema of this name; nothing if it is valid.
    public List<String> faults(String schema, String json) {
        return faults(registry.getSchema(SchemaLocation.of(HOME + "#/components/schemas/" + schema)), json);
    }

    /// What is wrong with a value by the schema at this place, `/components/schemas/Money` for example.
    public List<String> faultsAt(String pointer, Object value) {
        return faults(registry.getSchema(SchemaLocation.of(HOME + '#' + pointer)), JSON.toJSONString(value));
    }

    private static List<String> faults(Schema schema, String json) {
        return schema.validate(json, InputFormat.JSON).stream()
                .map(fault -> fault.getInstanceLocation() + ": " + fault.getMessage())
                .toList();
    }
}
