package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The chat of the demo shop where it does not go smoothly: lines that break, clocks that are off,
/// tokens that are refused, several devices, cards that lack something. The suite behind it is real.
class DemoChatIT extends InBrowser {

    /// Two ids above all that the suite gives.
    private static final String EARLIER = Long.toString(Long.MAX_VALUE - 1);

    private static final String LATER = Long.toString(Long.MAX_VALUE);

    /// The line between a page and the suite, to break it.
    private static final class Line {

        private final List<String> unheard = new CopyOnWriteArrayList<>();
        private volatile boolean mute;
        private volatile @Nullable WebSocketRoute current;

        /// Stands in the way of all sockets that this browser opens from now on.
        static Line of(BrowserContext context) {
            var line = new Line();
            context.routeWebSocket(Pattern.compile("/im"), route -> {
                WebSocketRoute server = route.connectToServer();
                line.current = route;
                route.onMessage(frame -> {
                    if (line.mute && frame.text().contains("\"send\"")) {
                        line.unheard.add(frame.text());
                    } else {
                        server.send(frame.text());
                    }
                });
            });
            return line;
        }

        /// What the page says from now on gets lost.
        void mute() {
            mute = true;
        }

        /// The own id of what the page said last.
        String unheard() {
            Awaitility.await().until(() -> !unheard.isEmpty());
            return JSON.parseObject(unheard.getLast()).getString("id");
        }

        /// What it says is heard again, over a new connection.
        void end(int code) {
            mute = false;
            Objects.requireNonNull(current).close(new WebSocketRoute.CloseOptions().setCode(code));
        }

        /// The page hears a frame.
        void hears(Map<String, Object> frame) {
            Objects.requireNonNull(current).send(JSON.toJSONString(frame));
        }
    }

    @Test
    void whatIsSaidOnABrokenLineStandsWhereTheLogHasIt() {
        var shopper = shopperInTheQueue();
        try (var context = visitor("zh-CN")) {
            var line = Line.of(context);
            Page page = openAs(context.newPage(), shopper.userId());
            line.mute();
            say(page, "在这里先说的");
            shopper.say("在别处说的");
            page.waitForSelector(".msg.me:not(.wait) >> text=在别处说的");

            line.end(4000);

            page.waitForSelector(".msg.me:not(.wait) >> text=在这里先说的");
            assertThat(saidBy(page)).containsExactly("在别处说的", "在这里先说的");
        }
    }

    @Test
    void theSameWordsFromTwoDevicesAreShownTwice() {
        var words = Map.<String, Object>of("kind", "text", "text", "在吗");
        try (var context = visitor("zh-CN")) {
            var line = Line.of(context);
            Page page = openAs(context.newPage(), "page-" + Made.word());
            line.mute();
            say(page, "在吗");
            line.hears(message(EARLIER, "user", words));
            page.waitForSelector(".msg.me:not(.wait) >> text=在吗");

            line.hears(Map.of("type", "ack", "id", line.unheard(), "message_id", LATER, "duplicate", false));
            line.hears(message(LATER, "user", words));

            page.waitForCondition(() -> saidBy(page).equals(List.of("在吗", "在吗")));
        }
    }

    @Test
    void aGuestWhoLogsInKeepsWhatWasNotHeardYet() {
        String userId = "page-" + Made.word();
        try (var context = visitor("zh-CN")) {
            var line = Line.of(context);
            Page page = openAs(context.newPage(), "");
            line.mute();
            say(page, "转人工");

            line.mute = false;
            logIn(page, userId);

            page.waitForSelector(".msg.me:not(.wait) >> text=转人工");
            assertThat(saidBy(page)).containsExactly("转人工");
        }
        assertThat(Shopper.of(Made.SHOP, userId).log())
                .filteredOn(each -> each.getJSONObject("attributes")
                        .getJSONObject("content")
                        .containsValue("转人工"))
                .hasSize(1);
    }

    @Test
    void aClockThatIsAnHourOffDoesNotSilenceThePage() {
        try (var context = visitor("zh-CN")) {
            context.addInitScript("const now = Date.now.bind(Date); Date.now = () => now() - 3600000;");
            Page page = openAs(context.newPage(), "page-" + Made.word());

            say(page, "在吗");

            page.waitForSelector(".msg.me:not(.wait) >> text=在吗");
        }
    }

    @Test
    void aGuestTokenThatIsRefusedIsReplaced() {
        try (var context = visitor("zh-CN")) {
            Page page = openAs(context.newPage(), "");
            page.evaluate("""
                    localStorage.setItem('guest', JSON.stringify({ token: 'refused', until: Date.now() + 3600000 }))""");

            page.reload();

            page.waitForSelector(
                    "#chat[data-state=online]",
                    new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
        }
    }

    @Test
    void whoHoldsTheSessionIsShownWhenThePageComesBack() {
        var shopper = shopperInTheQueue();
        try (var context = visitor("zh-CN")) {
            Page page = openAs(context.newPage(), shopper.userId());

            page.waitForSelector("#presence >> text=正在为您排队转人工");
        }
    }

    @Test
    void theShoppersOwnTypingElsewhereIsNoSignOfAnAnswer() {
        var shopper = shopperInTheQueue();
        try (var context = visitor("zh-CN");
                var app = Device.connect(Suite.get().gateway(), shopper.rest().token(), "app")) {
            Page page = openAs(context.newPage(), shopper.userId());

            app.write(Map.of("type", "typing", "sid", shopper.sid(), "on", true));
            app.send(shopper.sid(), "说完了");

            page.waitForSelector(".msg.me >> text=说完了");
            assertThat(page.locator(".msg.typing").count()).isZero();
        }
    }

    @Test
    void whatAnAgentSaysEndsTheDotsAndPicturesAreShown() {
        try (var context = visitor("zh-CN")) {
            var line = Line.of(context);
            Page page = openAs(context.newPage(), "page-" + Made.word());
            line.hears(Map.of("type", "typing", "sid", "1", "on", true, "from", "agent"));
            page.waitForSelector(".msg.typing");

            line.hears(message(LATER, "agent", Map.of("kind", "image", "url", "https://img.example.com/a.png")));

            page.waitForSelector("img[src='https://img.example.com/a.png'][alt=图片]");
            assertThat(page.locator(".msg.typing").count()).isZero();
        }
    }

    @Test
    void aCardThatLacksWhatMakesItOneIsNotPassedOverInSilence() {
        try (var context = visitor("zh-CN")) {
            var line = Line.of(context);
            Page page = openAs(context.newPage(), "page-" + Made.word());

            line.hears(message(LATER, "agent", Map.of("kind", "card", "card", "order")));

            page.waitForSelector(".note >> text=这条消息无法在这里显示");
        }
    }

    @Test
    void aLogThatIsReadAnewCountsNothingAsUnreadTwice() {
        var faq = Made.faq(Made.SHOP);
        var shopper = Shopper.random(Made.SHOP);
        try (var context = visitor("zh-CN")) {
            var line = Line.of(context);
            Page page = openAs(context.newPage(), shopper.userId());
            page.click("#close");
            shopper.say(faq.question());
            page.waitForSelector("#unread >> text=1");
            page.evaluate("document.querySelectorAll('#log > *').forEach(each => each.classList.add('before'))");

            line.end(4002);

            page.waitForSelector(
                    ".msg.them:not(.before):has-text('" + faq.answer() + "')",
                    new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
            assertThat(page.textContent("#unread")).isEqualTo("1");
        }
    }

    @Test
    void aHoleThatNothingFillsIsGoneOverOnceAndOneThatIsFilledIsNot() {
        assertThat(ofChat("""
                const chat = new Chat({ url: '', token: async () => '' });
                const told = [];
                chat.write = frame => told.push(frame.type + frame.after);
                chat.addEventListener('message', event => told.push(event.detail.id));
                const message = (id, prev) => ({ type: 'message', data: { id, attributes: { prev } } });
                chat.frame(message('1', '0'));
                chat.frame(message('3', '2'));
                chat.frame(message('2', '1'));
                chat.frame(message('3', '2'));
                chat.frame({ type: 'synced', recovered: true, last: '3' });
                chat.frame(message('6', '5'));
                chat.frame(message('7', '6'));
                chat.frame({ type: 'synced', recovered: false, last: '7' });
                return told.join();""")).isEqualTo("1,sync1,2,3,sync3,6,7");
    }

    @Test
    void aChatThatIsClosedWhileItOpensConnectsNoMore() {
        assertThat(ofChat("""
                let sockets = 0;
                window.WebSocket = class { constructor() { sockets++; } };
                const chat = new Chat({ url: '', token: async () => '' });
                chat.openSession = async () => '1';
                const opening = chat.open();
                chat.close();
                await opening;
                return sockets;""")).isEqualTo(0);
    }

    @Test
    void aGuestIsNotGivenUpForACallTooMany() {
        assertThat(ofChat("""
                const chat = new Chat({ url: '', token: async () => '' });
                const told = [];
                for (const status of [429, 401, 503, 403, 200]) {
                  window.fetch = async () => new Response('{}', { status });
                  told.push(await chat.bind('a guest'));
                }
                return told.join();""")).isEqualTo("false,false,false,true,true");
    }

    @Test
    void longNumbersPushNothingOutOfACard() {
        try (var context = visitor("zh-CN")) {
            Page page = context.newPage();
            page.setViewportSize(390, 844);
            openAs(page, "");

            Object outside = page.evaluate("""
                    async () => {
                      const { cardNode, optionNodes } = await import('/demo/cards.js');
                      const long = 'W'.repeat(64);
                      const press = (option, text) => Object.assign(document.createElement('button'), { textContent: text });
                      const words = [key => key, value => value, press];
                      const order = { id: long, status: 'shipped', items: [{ title: long, quantity: 1 }] };
                      const log = document.getElementById('log');
                      log.append(
                          cardNode({ card: 'order', order }, ...words),
                          cardNode({ card: 'after_sale', order_id: long,
                              after_sale: { id: long, status: 'requested', reason: '坏'.repeat(200) } }, ...words),
                          optionNodes([{ label: long, payload: '1', card: { order } }], ...words));
                      const edge = log.getBoundingClientRect().right;
                      return [...log.querySelectorAll('.ticket *, .options *')]
                          .filter(each => each.getBoundingClientRect().right > edge || each.scrollWidth > each.clientWidth + 1
                              && getComputedStyle(each).display !== 'inline')
                          .length;
                    }""");

            assertThat(outside).isEqualTo(0);
        }
    }

    @Test
    void theKeyboardLeavesTheChatAndTheLanguageReachesWhatIsOnlyHeard() {
        try (var context = visitor("en-GB")) {
            Page page = openAs(context.newPage(), "");
            assertThat(page.getAttribute("#close", "aria-label")).isEqualTo("Close the chat");

            page.press("#text", "Escape");

            page.waitForSelector("#bubble:focus");
            assertThat(page.isVisible("#chat")).isFalse();
        }
    }

    @Test
    void aSessionIsEndedAndRatedOnceWithKeysAlone() {
        var shopper = shopperInTheQueue();
        var rated = new CopyOnWriteArrayList<Integer>();
        try (var context = visitor("zh-CN")) {
            context.onResponse(response -> {
                if (response.url().endsWith("/rating")
                        && response.request().method().equals("POST")) {
                    rated.add(response.status());
                }
            });
            var line = Line.of(context);
            Page page = openAs(context.newPage(), shopper.userId());
            say(page, "不用了");
            page.waitForSelector("#end");
            page.focus("#end");
            page.keyboard().press("Enter");
            assertThat(page.textContent("#farewell-title")).isEqualTo("结束这次会话吗？");
            page.keyboard().press("Escape");
            page.waitForSelector("#end:focus");
            assertThat(page.isVisible("#chat")).isTrue();

            page.keyboard().press("Enter");
            page.keyboard().press("Enter");

            page.waitForSelector("#stars input:focus");
            assertThat(shopper.rest()
                            .get("/api/v1/bot/sessions/" + shopper.sid())
                            .attributes()
                            .getString("owner"))
                    .isEqualTo("closed");
            page.keyboard().press("Enter");
            page.waitForSelector("#farewell-say >> text=请先选一个分数");
            page.keyboard().press("Space");
            page.keyboard().press("ArrowRight");
            page.keyboard().press("Enter");
            page.waitForSelector(".note >> text=★★☆☆☆");
            line.hears(Map.of("type", "state", "sid", shopper.sid(), "owner", "closed", "number", 9));
            page.reload();
            page.click("#bubble");
            page.waitForSelector(".msg.me >> text=不用了");
            line.hears(Map.of("type", "state", "sid", shopper.sid(), "owner", "closed", "number", 9));
            line.hears(message(LATER, "agent", Map.of("kind", "text", "text", "到这里为止")));
            page.waitForSelector(".msg.them >> text=到这里为止");
            assertThat(page.isVisible("#farewell")).isFalse();
        }
        assertThat(rated).containsExactly(200);
    }

    @Test
    void aRatingWaitsUntilThePageIsOnlineAgain() {
        var shopper = shopperInTheQueue();
        try (var context = visitor("en-GB")) {
            var line = Line.of(context);
            Page page = openAs(context.newPage(), shopper.userId());
            say(page, "bye");
            page.waitForSelector("#end");
            assertThat(shopper.rest()
                            .delete("/api/v1/bot/sessions/" + shopper.sid())
                            .status())
                    .isEqualTo(200);
            page.waitForSelector("#rating");
            page.check("#stars input[value='5']", new Page.CheckOptions().setForce(true));
            context.setOffline(true);
            line.end(4000);

            page.waitForSelector("#farewell-say >> text=You are not connected");
            assertThat(page.getAttribute("#rate", "aria-disabled")).isEqualTo("true");
            page.click("#rate", new Page.ClickOptions().setForce(true));
            context.setOffline(false);

            page.waitForSelector("#rate[aria-disabled=false]");
            assertThat(page.textContent("#farewell-say")).isEmpty();
            page.click("#rate");
            page.waitForSelector(".note >> text=★★★★★");
        }
    }

    @Test
    void theShopsOwnGreetingStandsFirst() {
        var opened = Shopper.random(Made.SHOP).rest().post("/api/v1/bot/sessions", Map.of("device", "web"));
        String greeting = opened.json().getJSONObject("meta").getString("greeting");
        assertThat(greeting).isNotEmpty();
        try (var context = visitor("zh-CN")) {
            Page page = openAs(context.newPage(), "page-" + Made.word());

            page.waitForCondition(() -> page.textContent("#log > *:first-child").equals(greeting));
        }
    }

    @Test
    void charactersAreCountedAsTheSuiteCountsThem() {
        try (var context = visitor("zh-CN")) {
            Page page = openAs(context.newPage(), "page-" + Made.word());
            String most = "😀".repeat(499) + "𠮷";

            say(page, most + "𠮷");
            page.waitForSelector("#over >> text=最多 500 个字");
            assertThat(page.inputValue("#text")).isEqualTo(most + "𠮷");
            assertThat(saidBy(page)).isEmpty();
            say(page, most);

            page.waitForSelector(".msg.me:not(.wait):not(.failed)");
            assertThat(saidBy(page)).containsExactly(most);
            assertThat(page.textContent("#over")).isEmpty();
        }
    }

    /// A shopper to whom nobody answers: the session waits for a person.
    private static Shopper shopperInTheQueue() {
        var shopper = Shopper.of(Made.SHOP, "page-" + Made.word());
        var handoff = shopper.rest().post("/api/v1/bot/sessions/" + shopper.sid() + "/handoff", Map.of());
        assertThat(handoff.status()).as(handoff.text()).isEqualTo(200);
        return shopper;
    }

    /// A message that the log of nobody has.
    private static Map<String, Object> message(String id, String role, Map<String, Object> content) {
        return Map.of(
                "type",
                "message",
                "data",
                Map.of(
                        "id",
                        id,
                        "type",
                        "message",
                        "attributes",
                        Map.of(
                                "prev",
                                "0",
                                "from",
                                Map.of("role", role, "id", "lin"),
                                "sent_at",
                                "2026-01-01T00:00:00Z",
                                "content",
                                content)));
    }

    private static List<String> saidBy(Page page) {
        return page.locator(".msg.me").allTextContents();
    }

    /// What a script gets from `Chat` alone, with no page around it.
    private static Object ofChat(String script) {
        try (var context = visitor("en-GB")) {
            Page page = context.newPage();
            page.navigate(Suite.get().demoShop().resolve("/demo/words.js").toString());
            return page.evaluate("async () => { const { Chat } = await import('/demo/chat.js'); " + script + " }");
        }
    }
}
