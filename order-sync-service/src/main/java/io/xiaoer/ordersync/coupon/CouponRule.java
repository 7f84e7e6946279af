package io.xiaoer.ordersync.coupon;

import io.xiaoer.ordersync.command.CommandResult;
import io.xiaoer.ordersync.command.CommandResult.Told;

/// Why a shop's rules do not give a coupon; the name in lower case is the reason of the failed command.
public enum CouponRule {
    NOT_YET_VALID("活动尚未开始", "it is not valid yet"),
    EXPIRED("活动已结束", "it has expired"),
    PER_USER_LIMIT("已达领取上限", "the limit per shopper is reached"),
    OUT_OF_STOCK("已领完", "none are left"),
    DAILY_LIMIT("今天已经补发过", "one was given today already"),
    NOT_OFFERED("店铺没有此项补偿", "the shop offers none for this");

    private final String chinese;
    private final String english;

    CouponRule(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    CommandResult refusal(CouponTemplate template, String user) {
        var text = "优惠券「" + template.title() + "」未能发放：" + chinese + " / The coupon could not be given: " + english;
        return new CommandResult.Refused(this, Told.notice(user, "coupon_failed", text));
    }
}
