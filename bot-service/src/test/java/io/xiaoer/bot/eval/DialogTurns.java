package io.xiaoer.bot.eval;

import io.xiaoer.bot.dialog.ShopFunctions;
import io.xiaoer.bot.dialog.Talks;
import io.xiaoer.bot.words.Language;
import java.util.List;

/// What a turn of a dialog costs beside the calls it makes: a return is made again and again, with a
/// question in between and a correction, by words that the bot never heard before. The functions are
/// those of a shop in memory.
final class DialogTurns {

    private static final List<String> TALK = List.of("第二个", "运费谁出", "太大了", "不对，应该是质量问题", "好的");
    private static final int TALKS = 200;

    private DialogTurns() {}

    /// Processor time a turn, its understanding included, by the mean over many talks; as many before have warmed the
    /// code up.
    static Figure cost(DemoShop shop) {
        talks(shop, "先");
        var cpu = new Cpu();
        talks(shop, "后");
        return new Figure(
                "cpu.dialog",
                "a return, interrupted once",
                "CPU a turn of a dialog, words never heard",
                Figure.Kind.TIME,
                cpu.millis() / (TALKS * (TALK.size() + 1)),
                5.0,
                "");
    }

    private static void talks(DemoShop shop, String mark) {
        for (int number = 0; number < TALKS; number++) {
            var orders = new ShopFunctions().order("88260001", "红色跑鞋").order("88260002", "白色衬衫");
            var talk = new Talks(orders, "return_order", "order_status", "issue_coupon").faq("运费谁出", "质量问题由商家承担运费");
            shop.ask("我要退货" + mark + number, Language.ZH);
            talk.begin("return_order", "我要退货");
            for (String text : TALK) {
                shop.ask(text + mark + number, Language.ZH);
                talk.say(text);
            }
            if (orders.afterSales().size() != 1) {
                throw new IllegalStateException("the talk did not end with a return");
            }
        }
    }
}
