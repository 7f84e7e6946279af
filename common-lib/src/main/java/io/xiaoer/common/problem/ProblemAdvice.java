package io.xiaoer.common.problem;

import io.xiaoer.common.crypto.KeysUnavailable;
import io.xiaoer.common.request.CallAttribute;
import java.io.IOException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Objects;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.validation.BindException;
import org.springframework.validation.Errors;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;

/// Turns every exception that leaves a controller, and those of the framework around it, into a problem. What nobody
/// expected is logged once and answered as `internal` without a word about it.
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class ProblemAdvice {

    private static final Logger LOGGER = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    @Nullable
    ResponseEntity<byte[]> handle(Exception failure, ServletWebRequest request) {
        if (failure instanceof AsyncRequestNotUsableException || isCallerGone(failure)) {
            return null; // nobody is there to be answered
        }
        var problem = explain(failure, request.getRequest().getContentType());
        if (problem.code() == ProblemCode.INTERNAL) {
            LOGGER.atError().setCause(failure).log("Call failed unexpectedly");
        } else if (problem.code().status() >= 500) {
            LOGGER.atWarn()
                    .addKeyValue("code", problem.code().code())
                    .addKeyValue("cause", String.valueOf(problem.getCause()))
                    .log("Call could not be served");
        }
        return answer(problem, failure, request);
    }

    private static ProblemException explain(Exception failure, @Nullable String contentType) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case HttpMessageNotReadableException unreadable -> UnreadableBody.explain(unreadable.getCause());
            case MissingRequestHeaderException missing -> missingHeader(missing);
            case MissingServletRequestParameterException missing ->
                ProblemException.invalid(missing.getParameterName(), "is required");
            case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch);
            case MethodArgumentNotValidException invalid -> fields(invalid.getBindingResult());
            case BindException invalid -> fields(invalid);
            case HandlerMethodValidationException invalid -> arguments(invalid);
            case HttpRequestMethodNotSupportedException method ->
                new ProblemException(ProblemCode.METHOD_NOT_ALLOWED, method.getMethod() + " is not taken here");
            case HttpMediaTypeNotSupportedException type -> notTaken(type.getContentType());
            case InvalidMediaTypeException ignored ->
                new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "The media type or its charset is not known");
            case MaxUploadSizeExceededException ignored ->
                new ProblemException(ProblemCode.TOO_LARGE, "The body is too large");
            case HttpException refused when refused.getCode() < 500 -> unread(contentType);
            case AsyncRequestTimeoutException ignored ->
                new ProblemException(ProblemCode.TIMEOUT, "The answer did not come in time");
            case AccessDeniedException ignored ->
                new ProblemException(ProblemCode.FORBIDDEN, "The token does not allow this");
            case MissingRequestValueException ignored ->
                new ProblemException(ProblemCode.INVALID_REQUEST, "A value of the request is missing");
            case ErrorResponse known -> known(known, failure);
            case Exception away
            when isAway(away) ->
                new ProblemException(ProblemCode.UNAVAILABLE, "A part that is needed does not answer now", failure)
                        .header(HttpHeaders.RETRY_AFTER, "1");
            default -> new ProblemException(ProblemCode.INTERNAL, "An unexpected failure; it has been logged", failure);
        };
    }

    private static ProblemException notTaken(@Nullable MediaType type) {
        return new ProblemException(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                type == null
                        ? "Content-Type is missing or cannot be read"
                        : type.getType() + "/" + type.getSubtype() + " is not taken here");
    }

    private static @Nullable MediaType typeOf(@Nullable String contentType) {
        try {
            return contentType == null ? null : MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException e) {
            return null;
        }
    }

    /// The server reads the query only when somebody asks for a parameter, and with it a form in the
    /// body. No call takes a form; tools send one where nobody told them the type of what they send.
    private static ProblemException unread(@Nullable String contentType) {
        var type = typeOf(contentType);
        return MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(type)
                ? notTaken(type)
                : new ProblemException(ProblemCode.MALFORMED, "The query of the address cannot be read");
    }

    private static ProblemException known(ErrorResponse known, Exception failure) {
        var code = ProblemCode.ofStatus(known.getStatusCode().value());
        return new ProblemException(code, code.title(), failure);
    }

    private static ProblemException missingHeader(MissingRequestHeaderException missing) {
        var name = missing.getHeaderName();
        return name.equalsIgnoreCase("Idempotency-Key")
                ? new ProblemException(
                                ProblemCode.IDEMPOTENCY_KEY_MISSING, "A command needs the header Idempotency-Key")
                        .field(name, "is required")
                : ProblemException.invalid(name, "is required");
    }

    private static ProblemException mismatch(MethodArgumentTypeMismatchException mismatch) {
        for (Throwable at = mismatch.getCause(); at != null; at = at.getCause()) {
            if (at instanceof ProblemException problem) {
                return problem;
            }
        }
        return ProblemException.invalid(mismatch.getName(), "does not have the right form");
    }

    private static ProblemException fields(Errors errors) {
        var problem = new ProblemException(ProblemCode.INVALID_REQUEST, "Some values are not valid");
        for (var error : errors.getFieldErrors()) {
            problem.field(error.getField(), Objects.requireNonNullElse(error.getDefaultMessage(), "is not valid"));
        }
        return problem;
    }

    private static ProblemException arguments(HandlerMethodValidationException invalid) {
        var problem = new ProblemException(ProblemCode.INVALID_REQUEST, "Some values are not valid");
        for (var result : invalid.getParameterValidationResults()) {
            var name = Objects.requireNonNullElse(result.getMethodParameter().getParameterName(), "argument");
            for (var error : result.getResolvableErrors()) {
                problem.field(name, Objects.requireNonNullElse(error.getDefaultMessage(), "is not valid"));
            }
        }
        return problem;
    }

    /// Whether a database, Redis, a connection to one or the keys of fields were not to be had; MyBatis
    /// hides that in one of its own.
    private static boolean isAway(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof DataAccessResourceFailureException
                    || at instanceof TransientDataAccessException
                    || at instanceof RecoverableDataAccessException
                    || at instanceof CannotCreateTransactionException
                    || at instanceof TransactionSystemException
                    || at instanceof SQLTransientException
                    || at instanceof SQLNonTransientConnectionException
                    || at instanceof KeysUnavailable) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCallerGone(Exception failure) {
        if (!(failure instanceof IOException)) {
            return false;
        }
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at.getClass().getSimpleName().equals("EofException")
                    || String.valueOf(at.getMessage()).contains("Broken pipe")) {
                return true;
            }
        }
        return false;
    }

    private static ResponseEntity<byte[]> answer(
            ProblemException problem, Exception failure, ServletWebRequest request) {
        var servlet = request.getRequest();
        var rendered = ProblemRenderer.render(
                new Problem(
                        problem.code(),
                        problem.detail(),
                        servlet.getRequestURI(),
                        CallAttribute.requestId(servlet),
                        problem.errors()),
                servlet.getHeader(HttpHeaders.ACCEPT));
        var headers = new HttpHeaders();
        if (failure instanceof ErrorResponse known) {
            headers.putAll(known.getHeaders());
        }
        problem.headers().forEach(headers::set);
        headers.setContentType(rendered.contentType());
        return new ResponseEntity<>(
                rendered.body(), headers, HttpStatusCode.valueOf(problem.code().status()));
    }
}
