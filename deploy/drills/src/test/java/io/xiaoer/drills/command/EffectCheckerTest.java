package io.xiaoer.drills.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.command.Facts.Order;
import io.xiaoer.drills.command.Facts.Stock;
import io.xiaoer.drills.command.Facts.Template;
import io.xiaoer.drills.command.Wish.End;
import io.xiaoer.drills.command.Wish.Kind;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A checker that never complains proves nothing: each broken promise is built here and must be told by its name.
class EffectCheckerTest {
    private final Facts before = new Facts(new Template(1, 0), new Stock(5, 0, 5), new Stock(4, 4, 0), Map.of());
    private final Map<String, Order> orders = new HashMap<>();
    private final List<Message> log = new ArrayList<>();
    private final List<Clicks> all = new ArrayList<>();
    private Template template = new Template(0, 1);
    private Stock shelf = new Stock(5, 3, 2);
    private Stock held = new Stock(4, 2, 2);

    private final Clicks coupon = wish(Kind.COUPON, "k1", "ann", "template", 1, End.WHILE_STOCK_LASTS);
    private final Clicks late = wish(Kind.COUPON, "k2", "bob", "template", 1, End.WHILE_STOCK_LASTS);
    private final Clicks lock = wish(Kind.LOCK, "k3", "", "shelf", 3, End.WHILE_STOCK_LASTS);
    private final Clicks bigLock = wish(Kind.LOCK, "k4", "", "shelf", 3, End.WHILE_STOCK_LASTS);
    private final Clicks release = wish(Kind.RELEASE, "k5", "", "lock", 2, End.APPLIED);
    private final Clicks price = wish(Kind.PRICE, "k6", "ann", "order-p", 9_000, End.APPLIED);
    private final Clicks low = wish(Kind.PRICE, "k7", "ann", "order-l", 1, End.FAILED);
    private final Clicks sale = wish(Kind.AFTER_SALE, "k8", "bob", "order-s", 0, End.APPLIED);

    @BeforeEach
    void aWholeDrill() {
        ended(coupon, "applied", "");
        ended(late, "failed", "out_of_stock");
        ended(lock, "applied", "");
        ended(bigLock, "failed", "out_of_stock");
        ended(release, "applied", "");
        ended(price, "applied", "");
        ended(low, "failed", "below_floor");
        ended(sale, "applied", "");
        orders.put("order-p", new Order("paid", 9_000, "", List.of()));
        orders.put("order-l", new Order("paid", Market.TOLD_TOTAL, "", List.of()));
        orders.put("order-s", new Order("paid", Market.TOLD_TOTAL, "", List.of("id-k8")));
        told("{\"card\":\"coupon\",\"template_id\":\"template\"}", null);
        told("{\"card\":\"order_list\",\"id\":\"order-p\"}", null);
        told("{\"kind\":\"notice\",\"text\":\"order-l\"}", "price_failed");
    }

    @Test
    void whatHappenedOnceHasNoBreach() {
        assertThat(check()).isEmpty();
    }

    @Test
    void twoCommandsOfOneKeyAreTold() {
        price.accepted("another");

        assertThat(check()).contains(Breach.Kind.DOUBLED);
    }

    @Test
    void aCommandOfTwoKeysIsTold() {
        var stolen = wish(Kind.LOCK, "k9", "", "shelf", 3, End.WHILE_STOCK_LASTS);
        stolen.accepted("id-k3");
        stolen.accepted("id-k3");
        stolen.stands("failed", "out_of_stock");

        assertThat(check()).containsExactly(Breach.Kind.DOUBLED);
    }

    @Test
    void aClickWithoutAnAnswerIsTold() {
        var ignored = wish(Kind.LOCK, "k9", "", "shelf", 3, End.WHILE_STOCK_LASTS);
        ignored.accepted("id-k9");
        ignored.stands("failed", "out_of_stock");

        assertThat(check()).containsExactly(Breach.Kind.NOT_TAKEN);
    }

    @Test
    void aCommandThatIsStillUnderWayIsTold() {
        lock.stands("compensating", "retries_exhausted");

        assertThat(check()).contains(Breach.Kind.UNANSWERED);
    }

    @Test
    void anOrderThatFailedWithoutNeedIsTold() {
        price.stands("failed", "already_shipped");

        assertThat(check()).contains(Breach.Kind.ALTERED);
    }

    @Test
    void aCouponGivenTwiceIsTold() {
        template = new Template(0, 2);

        assertThat(check()).containsExactly(Breach.Kind.DOUBLED);
    }

    @Test
    void aCouponThatIsRefusedThoughOneIsLeftIsTold() {
        template = new Template(1, 1);

        assertThat(check()).contains(Breach.Kind.ALTERED);
    }

    @Test
    void piecesThatAreLockedTwiceOrNotAtAllAreTold() {
        shelf = new Stock(5, 5, 0);
        assertThat(check()).contains(Breach.Kind.DOUBLED);
        shelf = new Stock(5, 0, 5);
        assertThat(check()).contains(Breach.Kind.LOST);
    }

    @Test
    void aReleaseThatGaveBackTwiceIsTold() {
        held = new Stock(4, 0, 4);

        assertThat(check()).contains(Breach.Kind.DOUBLED);
    }

    @Test
    void aPriceThatWasNotChangedAndOneThatWasThoughItFailedAreTold() {
        orders.put("order-p", new Order("paid", Market.TOLD_TOTAL, "", List.of()));
        assertThat(check()).containsExactly(Breach.Kind.ALTERED);
        orders.put("order-l", new Order("paid", 1, "", List.of()));
        assertThat(check()).containsExactly(Breach.Kind.ALTERED, Breach.Kind.ALTERED);
    }

    @Test
    void anAfterSaleBegunTwiceIsTold() {
        orders.put("order-s", new Order("paid", Market.TOLD_TOTAL, "", List.of("id-k8", "other")));

        assertThat(check()).containsExactly(Breach.Kind.ALTERED);
    }

    @Test
    void anOutcomeToldTwiceOrNotAtAllIsTold() {
        told("{\"card\":\"coupon\",\"template_id\":\"template\"}", null);
        assertThat(check()).containsExactly(Breach.Kind.DOUBLED);
        log.clear();
        assertThat(check()).containsExactly(Breach.Kind.LOST, Breach.Kind.LOST, Breach.Kind.LOST);
    }

    private List<Breach.Kind> check() {
        var bobs = List.of(
                message("{\"kind\":\"notice\",\"text\":\"template\"}", "coupon_failed"),
                message("{\"card\":\"after_sale\",\"order_id\":\"order-s\"}", null));
        var after = new Facts(template, shelf, held, orders);
        return EffectChecker.check(all, 2, before, after, Map.of("ann", log, "bob", bobs)).stream()
                .map(Breach::kind)
                .toList();
    }

    private Clicks wish(Kind kind, String key, String shopper, String subject, long amount, End end) {
        var clicks = new Clicks(new Wish(kind, key, shopper, subject, amount, end, new JSONObject()));
        all.add(clicks);
        return clicks;
    }

    private static void ended(Clicks clicks, String status, String reason) {
        clicks.accepted("id-" + clicks.wish().key());
        clicks.accepted("id-" + clicks.wish().key());
        clicks.stands(status, reason);
    }

    private void told(String content, @Nullable String notice) {
        log.add(message(content, notice));
    }

    private static Message message(String content, @Nullable String notice) {
        return new Message("1", "0", "system", null, content, null, notice);
    }
}
