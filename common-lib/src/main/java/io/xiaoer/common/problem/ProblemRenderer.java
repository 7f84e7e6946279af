package io.xiaoer.common.problem;

import io.xiaoer.common.rest.RestJson;
import io.xiaoer.common.rest.WireFormat;
import io.xiaoer.common.rest.XmlTree;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes a problem as the caller's `Accept` asks: XML if that is what is wanted, else JSON, which also stands for
/// everything that cannot be given. Knows neither servlets nor the reactive stack.
public final class ProblemRenderer {

    private static final JsonMapper MAPPER = RestJson.mapper();

    private ProblemRenderer() {}

    /// A finished body.
    ///
    /// @param contentType `application/problem+json` or `application/problem+xml`
    /// @param body the bytes
    @SuppressWarnings("ArrayRecordComponent") // handed to one writer, never compared
    public record Rendered(MediaType contentType, byte[] body) {}

    /// @param accept the header `Accept` as it came
    public static Rendered render(Problem problem, @Nullable String accept) {
        var tree = tree(problem);
        return switch (WireFormat.wanted(accept)) {
            case JSON -> new Rendered(MediaType.APPLICATION_PROBLEM_JSON, MAPPER.writeValueAsBytes(tree));
            case XML -> new Rendered(MediaType.APPLICATION_PROBLEM_XML, XmlTree.write(tree));
        };
    }

    private static ObjectNode tree(Problem problem) {
        var code = problem.code();
        var tree = JsonNodeFactory.instance
                .objectNode()
                .put("type", code.type())
                .put("title", code.title())
                .put("status", code.status());
        putIfThere(tree, "detail", problem.detail());
        putIfThere(tree, "instance", problem.instance());
        tree.put("code", code.code());
        putIfThere(tree, "request_id", problem.requestId());
        if (!problem.errors().isEmpty()) {
            var errors = tree.putArray("errors");
            for (var error : problem.errors()) {
                errors.addObject().put("field", error.field()).put("reason", error.reason());
            }
        }
        return tree;
    }

    private static void putIfThere(ObjectNode tree, String name, @Nullable String value) {
        if (value != null) {
            tree.put(name, value);
        }
    }
}
