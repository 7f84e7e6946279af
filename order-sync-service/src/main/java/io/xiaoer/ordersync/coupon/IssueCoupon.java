package io.xiaoer.ordersync.coupon;

import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.message.Content;
import io.xiaoer.ordersync.command.Asked;
import io.xiaoer.ordersync.command.CommandHandler;
import io.xiaoer.ordersync.command.CommandResult;
import io.xiaoer.ordersync.command.CommandResult.Told;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Gives a shopper a coupon of a template: within its time, its stock and its number per shopper.
@Component
class IssueCoupon implements CommandHandler {
    static final String KIND = "coupon";
    static final String TEMPLATE_ID = "template_id";

    private final CouponMapper coupons;
    private final SnowflakeIds ids;
    private final Clock clock;

    IssueCoupon(CouponMapper coupons, SnowflakeIds ids, Clock clock) {
        this.coupons = coupons;
        this.ids = ids;
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
        return judge(template, user)
                .map(rule -> rule.refusal(template, user))
                .orElseGet(() -> issue(shop, user, asked.id(), template));
    }

    private Optional<CouponRule> judge(CouponTemplate template, String user) {
        var now = clock.instant();
        if (now.isBefore(template.validFrom())) {
            return Optional.of(CouponRule.NOT_YET_VALID);
        }
        if (!now.isBefore(template.validTo())) {
            return Optional.of(CouponRule.EXPIRED);
        }
        if (coupons.countOf(template.shopId(), user, template.id()) >= template.perUser()) {
            return Optional.of(CouponRule.PER_USER_LIMIT);
        }
        return template.stock() > 0 ? Optional.empty() : Optional.of(CouponRule.OUT_OF_STOCK);
    }

    private CommandResult issue(ShopId shop, String user, String command, CouponTemplate template) {
        if (!coupons.takeOne(shop, template.id())) {
            return CouponRule.OUT_OF_STOCK.refusal(template, user);
        }
        var id = ids.next();
        coupons.insert(shop, id, user, command, template, clock.instant());
        var coupon = Map.of(
                "id", id,
                "template_id", template.id(),
                "title", template.title(),
                "value", Map.of("amount_minor", template.valueMinor(), "currency", template.currency()),
                "valid_to", template.validTo().toString());
        return new CommandResult.Applied(new Told(user, new Content.Card("coupon", null, Map.of("coupon", coupon))));
    }
}
