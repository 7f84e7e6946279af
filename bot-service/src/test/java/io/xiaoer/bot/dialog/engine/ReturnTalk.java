package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.dialog.ShopFunctions;
import io.xiaoer.bot.dialog.Talks;
import io.xiaoer.bot.dialog.engine.Turned.Outcome;
import org.junit.jupiter.api.BeforeEach;

/// A talk with a shopper who has two orders and may return one.
abstract class ReturnTalk {

    final ShopFunctions shop = new ShopFunctions();
    Talks talk;

    @BeforeEach
    void open() {
        shop.order("88260001", "红色跑鞋").order("88260002", "白色衬衫");
        talk = new Talks(shop, "return_order", "order_status", "issue_coupon");
    }

    static Outcome outcome(Turned turned) {
        return ((Turned.Said) turned).outcome();
    }

    /// Up to the confirm of the return.
    Turned atConfirm() {
        talk.begin("return_order", "我要退货");
        talk.say("第二个");
        return talk.say("尺码不合适");
    }
}
