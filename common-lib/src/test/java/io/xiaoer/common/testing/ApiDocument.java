package io.xiaoer.common.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// One of the documents under the gateway's `/docs`, read from its source, for tests that compare it with the code.
/// A test runs in its module's directory, and every service's lies beside the gateway's.
public final class ApiDocument {

    private static final Path DOCUMENTS = Path.of("..", "gateway-service", "src", "main", "resources", "docs");
    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch");

    private final Map<String, Object> root;

    private ApiDocument(String name) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(500);
        try {
            root = new Yaml(new SafeConstructor(options)).load(Files.readString(DOCUMENTS.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ApiDocument openApi() {
        return new ApiDocument("openapi.yaml");
    }

    public static ApiDocument asyncApi() {
        return new ApiDocument("asyncapi.yaml");
    }

    public Map<String, Object> root() {
        return root;
    }

    /// The operations that a service answers, `PUT /api/v1/orders/{}` for example.
    public Set<String> operationsOf(String service) {
        return operations().entrySet().stream()
                .filter(each -> service.equals(each.getValue().get("x-service")))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Every operation by its method and path.
    public Map<String, Map<String, Object>> operations() {
        var operations = new LinkedHashMap<String, Map<String, Object>>();
        object(root, "paths")
                .forEach((path, item) -> children(item).forEach((verb, operation) -> {
                    if (VERBS.contains(verb)) {
                        operations.put(operation(verb, path), children(operation));
                    }
                }));
        return operations;
    }

    /// How an operation is named here: whatever a path's variables are called, it is the same path.
    public static String operation(String verb, String path) {
        return verb.toUpperCase(Locale.ROOT) + ' ' + path.replaceAll("\\{(?:[^{}]|\\{[^{}]*})*}", "{}");
    }

    /// What stands at the end of these names.
    ///
    /// @throws IllegalArgumentException if nothing does
    public Map<String, Object> at(String... names) {
        var place = root;
        for (var name : names) {
            place = object(place, name);
        }
        return place;
    }

    /// The list of this name; empty if there is none.
    @SuppressWarnings("unchecked")
    public static List<Object> list(Map<?, ?> parent, String name) {
        return parent.get(name) instanceof List<?> ? (List<Object>) parent.get(name) : List.of();
    }

    /// The list of this name as texts.
    public static List<String> texts(Map<?, ?> parent, String name) {
        return list(parent, name).stream().map(String::valueOf).toList();
    }

    private static Map<String, Object> object(Map<String, Object> parent, String name) {
        if (!parent.containsKey(name)) {
            throw new IllegalArgumentException("There is no " + name + " among " + parent.keySet());
        }
        return children(Objects.requireNonNull(parent.get(name)));
    }

    /// A thing as an object of the document; empty if it is none.
    @SuppressWarnings("unchecked")
    public static Map<String, Object> children(@Nullable Object thing) {
        return thing instanceof Map<?, ?> ? (Map<String, Object>) thing : Map.of();
    }
}
