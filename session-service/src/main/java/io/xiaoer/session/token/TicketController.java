package io.xiaoer.session.token;

import io.xiaoer.common.access.VerifiedToken;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.session.shop.ShopDirectory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Gives a ticket for one handshake, for clients that can set neither a header nor a subprotocol.
@RestController
class TicketController {
    private final Tickets tickets;
    private final ShopDirectory shops;

    TicketController(Tickets tickets, ShopDirectory shops) {
        this.tickets = tickets;
        this.shops = shops;
    }

    /// How long a ticket is good.
    record Attributes(long expiresIn) {}

    @PostMapping("/api/v1/im/tickets")
    ResponseEntity<Answer<Resource<Attributes>>> create(VerifiedToken token) {
        shops.require(token.caller().requireShop());
        try {
            var ticket = new Resource<>(tickets.store(token), "ticket", new Attributes(Tickets.LIFETIME.toSeconds()));
            return ResponseEntity.status(HttpStatus.CREATED)
                    .cacheControl(CacheControl.noStore())
                    .body(Answer.of(ticket));
        } catch (DataAccessException away) {
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE,
                    "Tickets cannot be given at the moment; use a header or subprotocol",
                    away);
        }
    }
}
