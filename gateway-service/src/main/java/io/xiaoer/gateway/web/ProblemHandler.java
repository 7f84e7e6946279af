package io.xiaoer.gateway.web;

import io.netty.handler.timeout.ReadTimeoutException;
import io.xiaoer.common.problem.Problem;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.problem.ProblemRenderer;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/// Answers every failure of the gateway's own with a problem. What a service answered passes untouched. An exchange
/// that ends without an answer would be taken for a 200, so there is none.
@Order(-2)
public final class ProblemHandler implements ErrorWebExceptionHandler {

    private static final Logger LOGGER = LoggerFactory.getLogger(ProblemHandler.class);

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        var response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        var problem = explain(failure);
        log(exchange, problem, failure);
        var known = Call.isKnown(exchange);
        var rendered = ProblemRenderer.render(
                new Problem(
                        problem.code(),
                        problem.detail(),
                        known ? Call.of(exchange).path() : null,
                        known ? Call.of(exchange).ids().requestId() : null,
                        problem.errors()),
                exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT));
        response.setStatusCode(HttpStatusCode.valueOf(problem.code().status()));
        problem.headers().forEach(response.getHeaders()::set);
        response.getHeaders().setContentType(rendered.contentType());
        response.getHeaders().setContentLength(rendered.body().length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(rendered.body())));
    }

    private static ProblemException explain(Throwable failure) {
        for (var at = failure; at != null; at = at.getCause()) {
            if (at instanceof ProblemException problem) {
                return problem;
            }
            if (at instanceof ReadTimeoutException || at instanceof TimeoutException) {
                return new ProblemException(ProblemCode.TIMEOUT, "The service did not answer in time", failure);
            }
            if (at instanceof PoolAcquireTimeoutException || at instanceof PoolAcquirePendingLimitException) {
                return unavailable("The service is busy", failure);
            }
            if (at instanceof ResponseStatusException status) {
                return known(status, failure);
            }
            // Of a service or of the caller, which cannot be told apart here; telling a caller who went away does no
            // harm.
            if (at instanceof IOException || at instanceof AbortedException) {
                return unavailable("The service cannot be reached", failure);
            }
        }
        return new ProblemException(ProblemCode.INTERNAL, "An unexpected failure; it has been logged", failure);
    }

    private static ProblemException known(ResponseStatusException status, Throwable failure) {
        var code = ProblemCode.ofStatus(status.getStatusCode().value());
        return code == ProblemCode.UNAVAILABLE
                ? unavailable("No instance of the service is there", failure)
                : new ProblemException(code, code.title(), failure);
    }

    private static ProblemException unavailable(String detail, Throwable failure) {
        return new ProblemException(ProblemCode.UNAVAILABLE, detail, failure).header(HttpHeaders.RETRY_AFTER, "1");
    }

    private static void log(ServerWebExchange exchange, ProblemException problem, Throwable failure) {
        var id = Call.isKnown(exchange) ? Call.of(exchange).ids().requestId() : "";
        if (problem.code() == ProblemCode.INTERNAL) {
            LOGGER.atError().addKeyValue("request_id", id).setCause(failure).log("Call failed unexpectedly");
        } else if (problem.code().status() >= 500) {
            LOGGER.atWarn()
                    .addKeyValue("request_id", id)
                    .addKeyValue("code", problem.code().code())
                    .addKeyValue("cause", failure.toString())
                    .log("Call could not be served");
        }
    }
}
