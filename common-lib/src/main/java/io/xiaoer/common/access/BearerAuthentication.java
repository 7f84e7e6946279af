package io.xiaoer.common.access;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ServletProblems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.AuthenticationEntryPoint;

/// Checks the bearer token of a call, and answers calls whose token does not do.
final class BearerAuthentication implements AuthenticationManager, AuthenticationEntryPoint {

    private final TokenVerifier verifier;

    BearerAuthentication(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        var token = ((BearerTokenAuthenticationToken) presented).getToken();
        try {
            return new CallerAuthentication(verifier.verify(token));
        } catch (InvalidToken e) {
            throw new Refused(ProblemCode.UNAUTHORIZED, e.reason());
        } catch (KeysUnavailable e) {
            throw new Refused(ProblemCode.UNAVAILABLE, "The token cannot be checked at the moment");
        }
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof Refused refused) {
            if (refused.code == ProblemCode.UNAUTHORIZED) {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(refused.reason));
            }
            ServletProblems.write(request, response, refused.code, refused.reason);
        } else if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge("The bearer token cannot be read"));
            ServletProblems.write(request, response, ProblemCode.UNAUTHORIZED, "The bearer token cannot be read");
        } else {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            ServletProblems.write(request, response, ProblemCode.UNAUTHORIZED, "The call needs Authorization: Bearer");
        }
    }

    private static String challenge(String reason) {
        return "Bearer error=\"invalid_token\", error_description=\"" + reason + "\"";
    }

    /// A token that does not do, with the answer to it.
    private static final class Refused extends AuthenticationException {

        @Serial
        private static final long serialVersionUID = 1L;

        private final ProblemCode code;
        private final String reason;

        Refused(ProblemCode code, String reason) {
            super(reason);
            this.code = code;
            this.reason = reason;
        }
    }
}
