package io.xiaoer.bot.functions;

import io.xiaoer.bot.dialog.function.Call;
import io.xiaoer.bot.dialog.function.CallFailed;
import io.xiaoer.bot.dialog.function.CallFailed.Reason;
import io.xiaoer.bot.neighbour.Neighbours;
import io.xiaoer.common.id.UserKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Sends commands for shoppers and waits for their end, as long as the call has time. A command is known by the key of
/// its call: sent again it is the same one, so a step that is repeated after a crash changes nothing and learns how the
/// first one ended. One whose end does not come in time goes on by itself; the shopper is told of it by the command's
/// own event.
@Component
final class OrderCommands {

    private static final Logger LOGGER = LoggerFactory.getLogger(OrderCommands.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(40);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);
    /// What is left when the wait ends: a call that begins before may take all of its own time.
    private static final Duration MARGIN = Duration.ofMillis(2200);

    private final Neighbours neighbours;
    private final CommandMeters meters;

    OrderCommands(Neighbours neighbours, CommandMeters meters) {
        this.neighbours = neighbours;
        this.meters = meters;
    }

    /// The commands that shoppers may ask for.
    enum Kind {
        AFTER_SALES("after-sales"),
        ADDRESSES("addresses"),
        CANCELLATIONS("cancellations"),
        COUPONS("coupons"),
        SERVICE_REQUESTS("service-requests");

        private final String path;

        Kind(String path) {
            this.path = path;
        }
    }

    /// A command that took effect, or is still under way.
    ///
    /// @param at when it changed last
    record Sent(String id, boolean pending, String at) {}

    /// Sends a command, once per call and kind, and waits for its end.
    ///
    /// @throws CallFailed `refused` with the rule that stood against it, `not_found` if the order is another's,
    ///     `unavailable` if it is not known whether one was taken under its key, or if it cannot be processed
    Sent send(Call call, Kind kind, Map<String, ?> body) {
        if (call.buyer().kind() != UserKey.Kind.USER) {
            // Anybody can be a new guest as often as they like, and no limit of a shopper would bind them.
            throw new CallFailed(Reason.REFUSED, "a guest");
        }
        try {
            var sent = awaitEnd(call, accept(call, kind, body));
            meters.sent(kind, sent.pending());
            return sent;
        } catch (CallFailed failed) {
            meters.failed(kind, failed.reason());
            LOGGER.atInfo()
                    .addKeyValue("shop_id", call.buyer().shop().value())
                    .addKeyValue("session_id", call.sessionId())
                    .addKeyValue("kind", kind.path)
                    .addKeyValue("reason", failed.getMessage())
                    .log("A command of a dialog did not take effect");
            throw failed;
        }
    }

    /// Sends it, and again while it is not known whether it was taken: its key makes it one command.
    private Map<String, Object> accept(Call call, Kind kind, Map<String, ?> body) {
        var headers = Map.of("X-User-Id", shopper(call), "Idempotency-Key", call.idempotencyKey() + ':' + kind.path);
        while (true) {
            try {
                return Json.object(neighbours
                        .post(
                                Neighbours.Service.ORDER_SYNC,
                                "/api/v1/commands/" + kind.path,
                                call.buyer().shop(),
                                headers,
                                body)
                        .get("data"));
            } catch (Neighbours.Away away) {
                var reason = switch (away.status()) {
                    case 404 -> Reason.NOT_FOUND;
                    case 400, 403 -> Reason.REFUSED;
                    default -> Reason.UNAVAILABLE;
                };
                // The key stands for another payload (422): that command may have been taken, and this one never will.
                boolean isFinal = reason != Reason.UNAVAILABLE || away.status() == 422;
                if (isFinal || call.deadline().left().compareTo(MARGIN) <= 0) {
                    throw new CallFailed(reason, "the command was not taken: " + away.status(), away);
                }
                pause(LONGEST_PAUSE);
            }
        }
    }

    private Sent awaitEnd(Call call, Map<String, Object> accepted) {
        var id = Json.text(accepted, "id");
        var command = Json.object(accepted.get("attributes"));
        var pause = FIRST_PAUSE;
        while (true) {
            var at = Json.text(command, "updated_at");
            switch (Json.text(command, "status")) {
                case "applied" -> {
                    return new Sent(id, false, at);
                }
                case "failed" -> throw new CallFailed(Reason.REFUSED, Json.text(command, "reason"));
                case "compensating" -> throw new CallFailed(Reason.UNAVAILABLE, Json.text(command, "reason"));
                default -> {
                    if (call.deadline().left().compareTo(MARGIN) <= 0) {
                        return new Sent(id, true, at);
                    }
                }
            }
            pause(pause);
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            command = look(call, id, command);
        }
    }

    private Map<String, Object> look(Call call, String id, Map<String, Object> known) {
        try {
            var answer = neighbours.get(
                    Neighbours.Service.ORDER_SYNC,
                    "/api/v1/commands/" + id,
                    call.buyer().shop(),
                    Map.of("X-User-Id", shopper(call)));
            return Json.object(Json.object(answer.get("data")).get("attributes"));
        } catch (Neighbours.Away away) {
            LOGGER.atDebug().addKeyValue("command", id).log("Where a command stands was not told");
            return known;
        }
    }

    /// Waits so long, unless the call is called off.
    static void pause(Duration length) {
        LockSupport.parkNanos(length.toNanos());
        if (Thread.interrupted()) {
            Thread.currentThread().interrupt();
            throw new CallFailed(Reason.UNAVAILABLE, "the call was called off");
        }
    }

    private static String shopper(Call call) {
        return URLEncoder.encode(call.buyer().id(), StandardCharsets.UTF_8);
    }
}
