package io.xiaoer.ordersync.command;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.access.Scopes;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.ordersync.order.Orders;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/// Commands that the bot sends for a shopper: it says for whom in `X-User-Id`, percent-encoded, and they reach that
/// shopper's own orders and nobody else's. The gateway takes the header from every call that comes from outside, and
/// lets no internal token in.
@Component
class OnBehalf {
    static final String SHOPPER = "X-User-Id";
    private static final String BOT = "bot-service";

    private final Orders orders;
    private final HttpServletRequest request;

    OnBehalf(Orders orders, HttpServletRequest request) {
        this.orders = orders;
        this.request = request;
    }

    /// What is asked, with the shopper for whom the bot asks it; a merchant's own as it is.
    ///
    /// @throws ProblemException `forbidden` if another service asks or names nobody, `not_found` if the order is
    ///     not the shopper's
    NewCommand of(Caller caller, ShopId shop, NewCommand asked) {
        if (!caller.has(Scopes.INTERNAL)) {
            return asked;
        }
        var user = shopper(caller);
        if (asked.order() instanceof String order && !owns(shop, user, order)) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "The shopper has no such order");
        }
        if (asked.userId() != null && !asked.userId().equals(user)) {
            throw forbidden();
        }
        return asked.by(user);
    }

    /// Whether the caller may see it: the bot sees the commands of the shopper that it names.
    boolean sees(Caller caller, Command command) {
        return !caller.has(Scopes.INTERNAL) || shopper(caller).equals(command.userId());
    }

    private String shopper(Caller caller) {
        var header = request.getHeader(SHOPPER);
        if (header == null || header.isBlank() || !BOT.equals(caller.subject())) {
            throw forbidden();
        }
        return URLDecoder.decode(header, StandardCharsets.UTF_8);
    }

    private boolean owns(ShopId shop, String user, String order) {
        return orders.find(shop, order)
                .filter(found -> found.userId().equals(UserKey.compared(user)))
                .isPresent();
    }

    private static ProblemException forbidden() {
        return new ProblemException(ProblemCode.FORBIDDEN, "The token does not allow this");
    }
}
