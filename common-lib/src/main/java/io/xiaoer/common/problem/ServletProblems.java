package io.xiaoer.common.problem;

import io.xiaoer.common.request.CallAttribute;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;

/// Writes a problem where no controller does: filters, security, error pages.
public final class ServletProblems {

    private ServletProblems() {}

    /// Ends the call with this problem, unless an answer is already on its way.
    public static void write(HttpServletRequest request, HttpServletResponse response, ProblemCode code, String detail)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        var failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        var path = failed instanceof String asked ? asked : request.getRequestURI();
        var problem = Problem.of(code, detail, path, CallAttribute.requestId(request));
        var rendered = ProblemRenderer.render(problem, request.getHeader(HttpHeaders.ACCEPT));
        if ("websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            response.setHeader(HandshakeRefusal.DETAIL, detail);
        }
        response.setStatus(code.status());
        response.setContentType(rendered.contentType().toString());
        response.setContentLength(rendered.body().length);
        response.getOutputStream().write(rendered.body());
    }
}
