package io.xiaoer.bot.dialog;

import io.xiaoer.bot.dialog.function.Call;
import io.xiaoer.bot.dialog.function.CallFailed;
import io.xiaoer.bot.dialog.function.DialogFunction;
import io.xiaoer.bot.dialog.function.Shown;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A small shop in memory behind the functions of the catalogue, which remembers what was written under which key.
public final class ShopFunctions {

    private final List<OrderBrief> orders = new ArrayList<>();
    private final Map<String, AfterSale> afterSales = new LinkedHashMap<>();
    private final List<String> writes = new ArrayList<>();
    private boolean writesFail;

    /// A range of time.
    public record Range(String from, String to) {}

    /// What a search is about.
    public record Search(
            String buyer,
            @Nullable Range created,
            @Nullable String keyword,
            @Nullable List<String> status,
            int limit) {}

    /// An order in a list.
    public record OrderBrief(String no, String title, Map<String, Object> card) implements Shown {}

    /// Which order.
    public record Which(String buyer, String order) {}

    /// Which order's parcel.
    public record Parcel(String order) {}

    /// Where a parcel is.
    public record Track(String text, Map<String, Object> card) implements Shown {}

    /// What is to be sent back.
    public record Ask(String order, String kind) {}

    /// Whether it may be.
    public record Eligibility(boolean ok, @Nullable String why, BigDecimal refund) {}

    /// What is sent back.
    public record Make(
            String order,
            String kind,
            String reason,
            @Nullable String note) {}

    /// An after-sale.
    public record AfterSale(String no, Map<String, Object> card) implements Shown {}

    /// Why a coupon is wanted.
    public record Policy(String buyer, @Nullable String order, String cause) {}

    /// What may be given.
    public record CouponOffer(boolean ok, String why, BigDecimal amount, String text, String template) {}

    /// What is given.
    public record Issue(String buyer, String template, String cause) {}

    /// A coupon.
    public record Coupon(Map<String, Object> card) implements Shown {}

    /// Puts an order into the shop.
    public ShopFunctions order(String no, String title) {
        orders.add(new OrderBrief(no, title, Map.of("id", no, "status", "delivered")));
        return this;
    }

    /// Whether writes fail from now on.
    public void failing(boolean fail) {
        writesFail = fail;
    }

    /// The keys of all writes, repetitions included.
    public List<String> writes() {
        return List.copyOf(writes);
    }

    /// What stands in the shop, by key.
    public Map<String, AfterSale> afterSales() {
        return Map.copyOf(afterSales);
    }

    @DialogFunction("orders.search")
    List<OrderBrief> search(Search wish, Call call) {
        return orders.stream()
                .filter(order -> wish.keyword() == null || order.title().contains(wish.keyword()))
                .limit(wish.limit())
                .toList();
    }

    @DialogFunction("orders.get")
    OrderBrief get(Which which, Call call) {
        return orders.stream()
                .filter(order -> order.no().equals(which.order()))
                .findFirst()
                .orElseThrow(() -> new CallFailed(CallFailed.Reason.NOT_FOUND, "no such order"));
    }

    @DialogFunction("logistics.track")
    Track track(Parcel parcel, Call call) {
        return new Track("on its way", Map.of("order_id", parcel.order(), "shipments", List.of()));
    }

    @DialogFunction("aftersale.eligible")
    Eligibility eligible(Ask ask, Call call) {
        return new Eligibility(true, null, new BigDecimal("199.00"));
    }

    @DialogFunction("aftersale.create")
    AfterSale create(Make make, Call call) {
        writes.add(call.idempotencyKey());
        if (writesFail) {
            throw new CallFailed(CallFailed.Reason.UNAVAILABLE, "no answer");
        }
        return afterSales.computeIfAbsent(
                call.idempotencyKey(),
                key -> new AfterSale("AS" + make.order(), Map.of("order_id", make.order(), "reason", make.reason())));
    }

    @DialogFunction("coupon.policy")
    CouponOffer policy(Policy policy, Call call) {
        return new CouponOffer(
                true, "", new BigDecimal(policy.cause().equals("LATE") ? "5000" : "1000"), "10 元券", "T1");
    }

    @DialogFunction("coupon.issue")
    Coupon issue(Issue issue, Call call) {
        writes.add(call.idempotencyKey());
        return new Coupon(Map.of("coupon", Map.of("id", call.idempotencyKey(), "title", "10 元券")));
    }
}
