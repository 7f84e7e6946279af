package io.xiaoer.common.rest;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;

/// Refuses bodies that are compressed. Nothing here unpacks them: they would be read as broken text, or
/// as the lines of a batch that all fail.
final class PlainBodies implements HandlerInterceptor {

    private static final String IDENTITY = "identity";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (hasBody(request)
                && Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)).stream()
                        .anyMatch(PlainBodies::isPacked)) {
            throw new ProblemException(
                            ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                            "Bodies are taken uncompressed, without Content-Encoding")
                    .header(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
        }
        return true;
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    private static boolean isPacked(String codings) {
        return !codings.isBlank() && !codings.strip().toLowerCase(Locale.ROOT).equals(IDENTITY);
    }
}
