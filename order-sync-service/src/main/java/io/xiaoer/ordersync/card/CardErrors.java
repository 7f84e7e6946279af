package io.xiaoer.ordersync.card;

import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.ordersync.order.BrokenRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in an answer's errors which part is missing and why, in the codes of the REST problems. Nothing of the
/// failure itself gets out.
final class CardErrors implements DataFetcherExceptionHandler {

    private static final Logger LOGGER = LoggerFactory.getLogger(CardErrors.class);

    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
            DataFetcherExceptionHandlerParameters parameters) {
        var error = explain(parameters);
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult().error(error).build());
    }

    private static GraphQLError explain(DataFetcherExceptionHandlerParameters parameters) {
        var error = GraphqlErrorBuilder.newError(parameters.getDataFetchingEnvironment());
        Throwable failure = parameters.getException();
        while (failure instanceof CompletionException && failure.getCause() != null) {
            failure = failure.getCause();
        }
        if (failure instanceof SourceAway away) {
            return error.message(
                            away.code() == ProblemCode.TIMEOUT ? "did not answer in time" : "is away at the moment")
                    .extensions(Map.of(
                            "code", away.code().code(), "source", away.source().label()))
                    .build();
        }
        if (failure instanceof BrokenRule broken) {
            return error.message(String.valueOf(broken.getMessage()))
                    .extensions(Map.of("code", ProblemCode.INVALID_REQUEST.code(), "field", broken.field()))
                    .build();
        }
        LOGGER.atError().setCause(failure).log("A field of a card failed unexpectedly");
        return error.message("an unexpected failure; it has been logged")
                .extensions(Map.of("code", ProblemCode.INTERNAL.code()))
                .build();
    }

    /// An error as it stands in an answer; what the engine itself refuses has the code `invalid_request`.
    static Map<String, Object> written(GraphQLError error) {
        var written = new LinkedHashMap<>(error.toSpecification());
        var extensions = new LinkedHashMap<String, Object>();
        if (error.getExtensions() != null && error.getExtensions().containsKey("code")) {
            extensions.putAll(error.getExtensions());
        } else {
            extensions.put("code", ProblemCode.INVALID_REQUEST.code());
        }
        written.put("extensions", extensions);
        return written;
    }
}
