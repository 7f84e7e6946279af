package io.xiaoer.identity.access;

import io.xiaoer.identity.limit.FailureLimit;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.web.filter.OncePerRequestFilter;

/// Stops who failed too often, before their secret is looked at, and counts each answer 401.
final class FailureFilter extends OncePerRequestFilter {
    private static final int LONGEST_ID = 64;

    private final FailureLimit limit;
    private final OAuthRefusals refusals;

    FailureFilter(FailureLimit limit, OAuthRefusals refusals) {
        this.limit = limit;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var who = FailureLimit.key(request.getRemoteAddr(), clientId(request));
        var wait = limit.waitSeconds(who);
        if (wait > 0) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
            refusals.write(
                    response,
                    HttpStatus.TOO_MANY_REQUESTS.value(),
                    new OAuth2Error("temporarily_unavailable", "too many failed authentications", null));
            return;
        }
        chain.doFilter(request, response);
        if (response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED) {
            limit.failed(who);
        }
    }

    /// The client as whoever compares its secret reads it, percent-encoding taken away: an id that can be
    /// written in several ways is one client. Empty for what cannot be read.
    private static String clientId(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        var parts = header == null ? new String[0] : header.strip().split("\\s", -1);
        if (parts.length != 2 || !parts[0].equalsIgnoreCase("Basic")) {
            return "";
        }
        try {
            var pair = new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            var id = URLDecoder.decode(pair.substring(0, Math.max(0, pair.indexOf(':'))), StandardCharsets.UTF_8);
            return id.length() > LONGEST_ID ? "" : id;
        } catch (IllegalArgumentException unreadable) {
            return "";
        }
    }
}
