package io.xiaoer.gateway.access;

import io.xiaoer.common.access.InvalidToken;
import io.xiaoer.common.access.KeysUnavailable;
import io.xiaoer.common.access.Scopes;
import io.xiaoer.common.access.TokenVerifier;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.gateway.limit.RedisDoor;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Turns credentials into an identity: redeems a ticket, checks a token.
final class Identities {

    private static final String TICKETS = "cs:ticket:";

    private final TokenVerifier verifier;
    private final RedisDoor redis;

    Identities(TokenVerifier verifier, RedisDoor redis) {
        this.verifier = verifier;
        this.redis = redis;
    }

    Mono<Identity> of(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Absent ignored -> Mono.just(Identity.None.INSTANCE);
            case Credentials.Unreadable unreadable -> Mono.just(unauthorized(unreadable.reason()));
            case Credentials.Bearer bearer -> check(bearer.token());
            case Credentials.Ticket ticket -> redeem(ticket.id());
        };
    }

    /// A ticket is spent by this, whatever comes of the handshake.
    private Mono<Identity> redeem(String ticket) {
        if (!Credentials.Patterns.TICKET.matcher(ticket).matches()) {
            return Mono.just(unauthorized("The ticket is not known"));
        }
        var commands = redis.commands();
        if (commands.isEmpty()) {
            return Mono.just(away(null));
        }
        return commands.get()
                .getdel(TICKETS + ticket)
                .flatMap(this::check)
                .defaultIfEmpty(unauthorized("The ticket is not known, used or over"))
                .onErrorResume(failure -> Mono.just(away(failure)));
    }

    private Mono<Identity> check(String token) {
        try {
            var presented = verifier.read(token);
            if (!presented.needsKeys()) {
                return Mono.just(verify(presented));
            }
            return Mono.fromCallable(() -> verify(presented)).subscribeOn(Schedulers.boundedElastic());
        } catch (InvalidToken e) {
            return Mono.just(unauthorized(e.reason()));
        }
    }

    private Identity verify(TokenVerifier.Presented presented) {
        try {
            var token = verifier.verify(presented);
            return token.caller().has(Scopes.INTERNAL)
                    ? new Identity.Refused(new ProblemException(
                            ProblemCode.FORBIDDEN, "Tokens of services are not taken from outside"))
                    : new Identity.Known(token);
        } catch (InvalidToken e) {
            return unauthorized(e.reason());
        } catch (KeysUnavailable e) {
            return new Identity.Refused(
                    new ProblemException(ProblemCode.UNAVAILABLE, "The token cannot be checked at the moment", e)
                            .header(HttpHeaders.RETRY_AFTER, "1"));
        }
    }

    private static Identity unauthorized(String reason) {
        return new Identity.Refused(new ProblemException(ProblemCode.UNAUTHORIZED, reason)
                .header(
                        HttpHeaders.WWW_AUTHENTICATE,
                        "Bearer error=\"invalid_token\", error_description=\"" + reason + "\""));
    }

    private static Identity away(@org.jspecify.annotations.Nullable Throwable cause) {
        return new Identity.Refused(new ProblemException(
                        ProblemCode.UNAVAILABLE, "Tickets cannot be redeemed at the moment; use a header", cause)
                .header(HttpHeaders.RETRY_AFTER, "1"));
    }
}
