package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// The demo shop in a real browser: the page a visitor sees, and what is served to it.
class DemoPageIT extends InBrowser {

    @Test
    void aBuyerAsksInOneTabAndReadsTheAnswerInBoth() {
        String userId = "page-" + Made.word();
        var order = Made.order(Made.SHOP, userId);
        var served = new CopyOnWriteArrayList<String>();
        try (var context = visitor("zh-CN")) {
            context.onResponse(response -> {
                if (response.url().startsWith(Suite.get().demoShop().toString())) {
                    served.add(response.text());
                }
            });
            Page first = openAs(context.newPage(), userId);
            Page second = openAs(context.newPage(), userId);
            say(first, "我的快递到哪了");

            first.waitForSelector(".ticket >> text=" + order.trackingNo());
            second.waitForSelector(".ticket >> text=" + order.latest());
            first.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "demo-buyer.png")));

            assertThat(first.locator(".msg.me").count()).isEqualTo(1);
            assertThat(second.locator(".msg.me").count()).isEqualTo(1);
        }
        assertThat(served).isNotEmpty();
        for (String secret : Secrets.all()) {
            assertThat(served).noneMatch(body -> secret.length() >= 8 && body.contains(secret));
        }
        String merchantToken = Suite.get().merchant(Made.SHOP);
        assertThat(served).noneMatch(body -> body.contains(merchantToken));
    }

    @Test
    void aBuyerReturnsAnOrderInterruptsCorrectsCallsOffAndResumes() {
        String userId = "page-" + Made.word();
        var kept = Made.bought(userId, "delivered", "水杯");
        var returned = Made.bought(userId, "delivered", "跑鞋");
        var awaited = Made.bought(userId, "paid", "雨伞");
        try (var context = visitor("zh-CN")) {
            Page page = openAs(context.newPage(), userId);

            say(page, "我要退掉昨天的订单", kept, returned);
            choose(page, returned, "原因");
            say(page, "运费谁出", "运费", "原因");
            say(page, "不想要了", returned, "不想要了");
            say(page, "不对，是质量问题", returned, "质量问题");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "demo-return.png")));
            press(page, "否", "没有提交");
            assertThat(Made.afterSales(returned)).isEmpty();

            say(page, "我要退货", kept, returned);
            choose(page, returned, "原因");
            say(page, "催一下发货", awaited);
            say(page, "好的", "已转达商家", "继续为您处理", "原因");
            press(page, "质量", returned, "质量问题");
            press(page, "是", "售后", returned, "质量问题");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "demo-returned.png")));
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Made.afterSales(returned).size() == 1);
        assertThat(Made.afterSales(kept)).isEmpty();
    }

    private static void say(Page page, String text, String... heard) {
        say(page, text);
        hears(page, heard);
    }

    private static void press(Page page, String label, String... heard) {
        page.locator("#log .options button")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile('^' + label)))
                .last()
                .click();
        hears(page, heard);
    }

    private static void choose(Page page, String order, String... heard) {
        page.locator("#log .ticket:has-text('" + order + "') footer button")
                .last()
                .click();
        hears(page, heard);
    }

    /// Waits for these words behind the last thing that the buyer said.
    private static void hears(Page page, String... words) {
        page.waitForCondition(
                () -> {
                    var answer = String.valueOf(page.evaluate("""
                            () => {
                              const all = [...document.querySelectorAll('#log > *')];
                              return all.slice(all.findLastIndex(each => each.matches('.msg.me')) + 1)
                                  .map(each => each.textContent).join('\\n');
                            }"""));
                    return Stream.of(words).allMatch(answer::contains);
                },
                new Page.WaitForConditionOptions().setTimeout(60_000));
    }

    @Test
    void aGuestIsAnsweredFromTheFaq() {
        var faq = Made.faq(Made.SHOP);
        try (var context = visitor("en-GB")) {
            Page page = openAs(context.newPage(), "");
            say(page, faq.question());

            page.waitForSelector(".msg.them >> text=" + faq.answer());
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "demo-guest.png")));

            logIn(page, "page-" + Made.word());
            page.waitForSelector(".msg.me >> text=" + faq.question());
            page.waitForSelector(".msg.them >> text=" + faq.answer());
        }
    }

    @Test
    void whoOwnsASessionIsNoStateOfTheConnection() {
        try (var context = visitor("zh-CN")) {
            Page page = context.newPage();
            page.navigate(Suite.get().demoShop().resolve("/demo").toString());

            Object heard = page.evaluate("""
                    async () => {
                      const { Chat } = await import('/demo/chat.js');
                      const chat = new Chat({ url: '', token: async () => '' });
                      const heard = [];
                      for (const type of ['state', 'owner', 'delta', 'reset']) chat.addEventListener(type, () => heard.push(type));
                      chat.frame({ type: 'state', sid: '1', owner: 'queue' });
                      chat.frame({ type: 'delta', reply_to: '1', text: '七天' });
                      return heard.join();
                    }""");

            assertThat(heard).isEqualTo("owner,delta");
        }
    }
}
