package io.xiaoer.bot.functions;

import io.xiaoer.bot.dialog.function.Call;
import io.xiaoer.bot.dialog.function.CallFailed;
import io.xiaoer.bot.dialog.function.DialogFunction;
import io.xiaoer.bot.dialog.function.Shown;
import io.xiaoer.bot.words.Amounts;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.id.SnowflakeIds;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Coupons that make up for something.
@Component
public final class CouponFunctions {

    private final OrderSync orders;
    private final OrderCommands commands;
    private final Permissions permissions;
    private final Wording wording;

    CouponFunctions(OrderSync orders, OrderCommands commands, Permissions permissions, Wording wording) {
        this.orders = orders;
        this.commands = commands;
        this.permissions = permissions;
        this.wording = wording;
    }

    /// What `coupon.policy` takes.
    ///
    /// @param order that it is about; the policy does not ask for it
    /// @param cause `EXPIRED`, `LATE` or `UNUSED`
    public record Cause(String buyer, @Nullable String order, String cause) {}

    /// What the shop offers.
    ///
    /// @param why what stands against it, in words
    /// @param text the coupon in words
    /// @param amount its value in the smallest unit of its currency
    public record CouponOffer(
            boolean ok, String why, @Nullable String template, String text, long amount) {}

    /// What `coupon.issue` takes.
    public record Issue(String buyer, String template, String cause) {}

    /// A coupon that was given.
    ///
    /// @param pending whether it is still under way: the shopper is told how it ends
    /// @param card the card `coupon`
    public record Coupon(String no, boolean pending, Map<String, Object> card) implements Shown {}

    @DialogFunction("coupon.policy")
    public CouponOffer policy(Cause wanted, Call call) {
        var offer = orders.one(
                call,
                OrderSync.Query.COMPENSATION,
                Map.of("cause", wanted.cause().toLowerCase(Locale.ROOT)));
        var value = Json.object(offer.get("value"));
        var template = Json.text(offer, "template_id");
        var text = wording.say(
                call.language(),
                "function.coupon",
                Amounts.say(call.language(), offer.get("value")),
                Json.text(offer, "title"));
        return new CouponOffer(
                Boolean.TRUE.equals(offer.get("allowed")),
                permissions.why(call, Json.text(offer, "reason")),
                template.isEmpty() ? null : template,
                template.isEmpty() ? "" : text,
                value.get("amount_minor") instanceof Number minor ? minor.longValue() : 0);
    }

    @DialogFunction("coupon.issue")
    public Coupon issue(Issue wanted, Call call) {
        var sent = commands.send(
                call,
                OrderCommands.Kind.COUPONS,
                Map.of(
                        "user_id", call.buyer().id(),
                        "template_id", wanted.template(),
                        "cause", wanted.cause().toLowerCase(Locale.ROOT)));
        var coupon = sent.pending() ? Map.<String, Object>of() : given(wanted, call);
        return new Coupon(Json.text(coupon, "id"), coupon.isEmpty(), Map.of("coupon", coupon));
    }

    /// The newest coupon of the template: the one that was given just now. Empty if it cannot be read: it was given all
    /// the same, and the shopper is told of it by its event.
    private Map<String, Object> given(Issue wanted, Call call) {
        try {
            return newest(wanted, call);
        } catch (CallFailed e) {
            return Map.of();
        }
    }

    private Map<String, Object> newest(Issue wanted, Call call) {
        return orders.list(call, OrderSync.Query.COUPONS, Map.of()).stream()
                .filter(coupon -> Json.text(coupon, "template_id").equals(wanted.template()))
                .max((one, other) -> SnowflakeIds.compare(Json.text(one, "id"), Json.text(other, "id")))
                .orElseGet(() -> new LinkedHashMap<>(Map.of("template_id", wanted.template())));
    }
}
