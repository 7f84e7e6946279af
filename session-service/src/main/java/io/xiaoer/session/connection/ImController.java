package io.xiaoer.session.connection;

import io.xiaoer.common.access.CallerAuthentication;
import io.xiaoer.common.access.VerifiedToken;
import io.xiaoer.common.problem.HandshakeRefusal;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The handshake: everything that is refused is refused here as a problem, before the upgrade. The token was checked
/// on the way in.
@RestController
class ImController {

    private static final String SUBPROTOCOL = "xiaoer.v1";

    private final ImServices services;
    private final ShopRules shops;

    ImController(ImServices services, ShopRules shops) {
        this.services = services;
        this.shops = shops;
    }

    @GetMapping("/im")
    void connect(
            @RequestParam(required = false) @Nullable String device,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        try {
            upgrade(socket(device, request), request, response);
        } catch (ProblemException refusal) {
            throw HandshakeRefusal.told(refusal);
        }
    }

    private ImSocket socket(@Nullable String device, HttpServletRequest request) {
        var token = token(request);
        var from = Device.of(device);
        var party = Party.of(token);
        if (!shops.allowsOrigin(party.user().shop(), foreignOrigin(request))) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "The shop does not list this origin");
        }
        if (services.connections().isDraining()) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "This instance is going away");
        }
        if (services.welcome().isCrowded(party.user())) {
            throw new ProblemException(ProblemCode.RATE_LIMITED, "The user has too many connections")
                    .header(HttpHeaders.RETRY_AFTER, "60");
        }
        return new ImSocket(services, party, from, token.expiresAt());
    }

    /// Where the page came from that asks. A proxy whose WebSocket client names this service's own address as origin,
    /// as Netty's does when the shopper's client sent none, is no page of another site.
    private static @Nullable String foreignOrigin(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        String host = request.getHeader(HttpHeaders.HOST);
        boolean own = origin != null && (origin.equals("http://" + host) || origin.equals("https://" + host));
        return own ? null : origin;
    }

    private static VerifiedToken token(HttpServletRequest request) {
        var token = CallerAuthentication.tokenOf(request.getUserPrincipal());
        if (token == null) {
            throw new ProblemException(ProblemCode.UNAUTHORIZED, "The handshake needs a token");
        }
        return token;
    }

    /// Takes the place of the connection first and gives it back if the call ends without one.
    private void upgrade(ImSocket socket, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, "This address speaks WebSocket alone");
        }
        LightUpgrade.atEnd(request, () -> services.connections().removeUnopened(socket));
        if (!services.connections().add(socket)) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "This instance has all connections it can hold")
                    .header(HttpHeaders.RETRY_AFTER, "5");
        }
        boolean upgraded = LightUpgrade.upgrade(socket, SUBPROTOCOL, request, response);
        if (!upgraded && !response.isCommitted()) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, "This is no WebSocket handshake");
        }
    }
}
