package io.xiaoer.ordersync.coupon;

import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.message.Content;
import io.xiaoer.ordersync.cache.CardChanges;
import io.xiaoer.ordersync.command.Asked;
import io.xiaoer.ordersync.command.CommandHandler;
import io.xiaoer.ordersync.command.CommandResult;
import io.xiaoer.ordersync.command.CommandResult.Told;
import io.xiaoer.ordersync.policy.CompensationCause;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Gives a shopper a coupon of a template: within its time, its stock and its number per shopper.
@Component
class IssueCoupon implements CommandHandler {
    static final String KIND = "coupon";
    static final String TEMPLATE_ID = "template_id";
    /// For what it makes up, if it is one of the shop's compensations: their rules hold as well then.
    static final String CAUSE = "cause";

    private final CouponMapper coupons;
    private final CouponRules rules;
    private final SnowflakeIds ids;
    private final CardChanges cardChanges;
    private final Clock clock;

    IssueCoupon(CouponMapper coupons, CouponRules rules, SnowflakeIds ids, CardChanges cardChanges, Clock clock) {
        this.coupons = coupons;
        this.rules = rules;
        this.ids = ids;
        this.cardChanges = cardChanges;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public CommandResult apply(Asked asked) {
        var shop = asked.shop();
        var user = asked.user();
        var template = coupons.lockTemplate(shop, asked.text(TEMPLATE_ID));
        if (template == null) {
            throw new Unprocessable("unknown_template", "there is no such coupon template");
        }
        var cause = asked.optional(CAUSE);
        return rules.judge(template, user)
                .or(() -> cause == null ? Optional.empty() : rules.refusedAs(cause(cause), template, user))
                .map(rule -> rule.refusal(template, user))
                .orElseGet(() -> issue(shop, user, asked.id(), template, cause != null));
    }

    private static CompensationCause cause(String code) {
        return CompensationCause.of(code).orElseThrow(() -> Asked.invalid(CAUSE));
    }

    /// @param inDialog whether the shopper sees the card in the dialog that gives it
    private CommandResult issue(ShopId shop, String user, String command, CouponTemplate template, boolean inDialog) {
        if (!coupons.takeOne(shop, template.id())) {
            return CouponRule.OUT_OF_STOCK.refusal(template, user);
        }
        var id = ids.next();
        coupons.insert(shop, id, user, command, template, clock.instant());
        cardChanges.of(shop, user);
        if (inDialog) {
            var text = "优惠券「" + template.title() + "」已发放 / A coupon has been given to you";
            return new CommandResult.Applied(Told.notice(user, "coupon_given", text));
        }
        var coupon = Map.of(
                "id", id,
                "template_id", template.id(),
                "title", template.title(),
                "value", Map.of("amount_minor", template.valueMinor(), "currency", template.currency()),
                "valid_to", template.validTo().toString());
        return new CommandResult.Applied(new Told(user, new Content.Card("coupon", null, Map.of("coupon", coupon))));
    }
}
