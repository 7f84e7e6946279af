package io.xiaoer.ordersync.card;

import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Keeps the queries that were asked most lately, parsed and held against the schema: a backend asks the same few
/// again and again, with other variables. Faulty ones and very long ones are read each time.
final class KnownQueries implements PreparsedDocumentProvider {
    private static final int KEPT = 64;
    private static final int LONGEST = 4 * 1024;

    private final Map<String, PreparsedDocumentEntry> queries =
            Collections.synchronizedMap(new LinkedHashMap<>(KEPT, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, PreparsedDocumentEntry> eldest) {
                    return size() > KEPT;
                }
            });

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> read) {
        var known = queries.get(input.getQuery());
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        var query = read.apply(input);
        if (!query.hasErrors() && input.getQuery().length() <= LONGEST) {
            queries.put(input.getQuery(), query);
        }
        return CompletableFuture.completedFuture(query);
    }
}
