package io.xiaoer.gateway.docs;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// A document in both of its forms, made once. It is written as YAML; tools that read no YAML get the same as JSON.
record Document(byte[] yaml, byte[] json) {

    private static final int MOST_ALIASES = 500;

    /// @param name `openapi` or `asyncapi`
    static Document read(String name) throws IOException {
        var yaml = new ClassPathResource("docs/" + name + ".yaml").getContentAsByteArray();
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_ALIASES);
        Map<String, Object> tree =
                new Yaml(new SafeConstructor(options)).load(new String(yaml, StandardCharsets.UTF_8));
        // A part that YAML names twice is written out twice: JSON has no names for parts.
        return new Document(yaml, JSON.toJSONBytes(tree, JSONWriter.Feature.LargeObject));
    }
}
