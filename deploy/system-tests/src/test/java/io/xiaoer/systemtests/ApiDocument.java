package io.xiaoer.systemtests;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What the published API document says.
final class ApiDocument {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private ApiDocument() {}

    /// Every operation of the document, its method and its path, with the scopes that it takes.
    static Map<String, Set<String>> operations() {
        var operations = new LinkedHashMap<String, Set<String>>();
        var paths = new Rest(Suite.get().gateway(), "")
                .get("/docs/openapi.json")
                .json()
                .getJSONObject("paths");
        paths.forEach((path, item) -> ((JSONObject) item).forEach((method, operation) -> {
            if (METHODS.contains(method)) {
                operations.put(
                        method.toUpperCase(Locale.ROOT) + " " + path,
                        scopes(((JSONObject) operation).getJSONArray("security")));
            }
        }));
        return operations;
    }

    private static Set<String> scopes(JSONArray security) {
        var scopes = new TreeSet<String>();
        for (Object each : security) {
            var bearer = ((JSONObject) each).getJSONArray("bearer");
            if (bearer == null) {
                // Open, or proven by something other than a token.
                scopes.add("nobody");
            } else {
                scopes.addAll(bearer.toList(String.class));
            }
        }
        return scopes;
    }
}
