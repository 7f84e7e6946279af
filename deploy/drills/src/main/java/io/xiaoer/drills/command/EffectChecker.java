package io.xiaoer.drills.command;

import io.xiaoer.drills.command.Facts.Stock;
import io.xiaoer.drills.command.Wish.Kind;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Judges commands by what the shop has in the end and by what its shoppers were told.
///
/// - Each click was answered, all those of one key with one command, and each command ended as it must.
/// - What was applied took effect once and what failed did not: coupons, pieces, prices, receivers, orders,
/// after-sales.
/// - Each outcome stands once in the log of the shopper whom it concerns. That every device shows the log is judged
///   elsewhere.
final class EffectChecker {
    private final List<Clicks> all;
    private final int clicks;
    private final Facts before;
    private final Facts after;
    private final Map<String, List<Message>> logs;
    private final List<Breach> breaches = new ArrayList<>();

    private EffectChecker(List<Clicks> all, int clicks, Facts before, Facts after, Map<String, List<Message>> logs) {
        this.all = all;
        this.clicks = clicks;
        this.before = before;
        this.after = after;
        this.logs = logs;
    }

    /// @param clicks how often each key was sent
    /// @param logs of the shoppers, by name
    static List<Breach> check(
            List<Clicks> all, int clicks, Facts before, Facts after, Map<String, List<Message>> logs) {
        return new EffectChecker(all, clicks, before, after, logs).run();
    }

    private List<Breach> run() {
        all.forEach(this::answeredAsOne);
        eachItsOwn();
        coupons();
        pieces();
        releases();
        all.forEach(this::order);
        all.forEach(this::told);
        return List.copyOf(breaches);
    }

    private void answeredAsOne(Clicks each) {
        each.refusals().forEach(refusal -> breach(Breach.Kind.NOT_TAKEN, each, "was answered " + refusal));
        if (each.answered() != clicks) {
            breach(Breach.Kind.NOT_TAKEN, each, "%d of %d clicks were answered".formatted(each.answered(), clicks));
        }
        if (each.ids().size() > 1) {
            breach(Breach.Kind.DOUBLED, each, "made several commands: " + each.ids());
        }
        if (!each.hasEnded()) {
            breach(Breach.Kind.UNANSWERED, each, "ended neither applied nor failed but '%s'".formatted(each.status()));
        } else if (!each.wish().end().allows(each.status())) {
            breach(Breach.Kind.ALTERED, each, "ended %s %s".formatted(each.status(), each.reason()));
        }
    }

    private void eachItsOwn() {
        var owners = new HashMap<String, Clicks>();
        for (Clicks each : all) {
            for (String id : each.ids()) {
                var other = owners.putIfAbsent(id, each);
                if (other != null) {
                    breach(
                            Breach.Kind.DOUBLED,
                            each,
                            "was answered with the command of " + other.wish().key());
                }
            }
        }
    }

    private void coupons() {
        var applied = of(Kind.COUPON).stream().filter(Clicks::isApplied).toList();
        counted("coupons given", applied.size(), after.template().issued());
        counted(
                "coupons left",
                before.template().stock() - applied.size(),
                after.template().stock());
        var shoppers = new HashMap<String, Clicks>();
        for (Clicks each : applied) {
            if (shoppers.putIfAbsent(each.wish().shopper(), each) != null) {
                breach(Breach.Kind.DOUBLED, each, "gave a shopper a coupon of whom one is the limit");
            }
        }
        for (Clicks each : failed(Kind.COUPON)) {
            var right = each.reason().equals("out_of_stock") && after.template().stock() == 0
                    || each.reason().equals("per_user_limit")
                            && shoppers.containsKey(each.wish().shopper());
            if (!right) {
                breach(Breach.Kind.ALTERED, each, "failed without need: " + each.reason());
            }
        }
    }

    private void pieces() {
        var taken = sum(Kind.LOCK);
        stock("the shelf", before.shelf(), taken, after.shelf());
        for (Clicks each : failed(Kind.LOCK)) {
            if (!each.reason().equals("out_of_stock")
                    || after.shelf().available() >= each.wish().amount()) {
                breach(Breach.Kind.ALTERED, each, "failed without need: " + each.reason());
            }
        }
    }

    private void releases() {
        stock("what was held", before.held(), -sum(Kind.RELEASE), after.held());
    }

    /// Stock is what it was less what is locked.
    private void stock(String what, Stock was, long locked, Stock is) {
        counted(what + ", on hand", was.onHand(), is.onHand());
        counted(what + ", locked", was.locked() + locked, is.locked());
        counted(what + ", available", was.available() - locked, is.available());
    }

    private void counted(String what, long expected, long found) {
        if (expected != found) {
            var kind = found < expected ? Breach.Kind.LOST : Breach.Kind.DOUBLED;
            breaches.add(new Breach(kind, "the shop", "%s: %d, not %d".formatted(what, found, expected)));
        }
    }

    private void order(Clicks each) {
        var wish = each.wish();
        var order = after.orders().get(wish.subject());
        switch (wish.kind()) {
            case PRICE -> must(each, order, it -> it.total() == (each.isApplied() ? wish.amount() : Market.TOLD_TOTAL));
            case ADDRESS ->
                must(each, order, it -> it.phone().endsWith(Long.toString(wish.amount())) == each.isApplied());
            case CANCELLATION -> must(each, order, it -> it.status().equals("closed") == each.isApplied());
            case AFTER_SALE ->
                must(each, order, it -> it.afterSales().equals(each.isApplied() ? List.copyOf(each.ids()) : List.of()));
            case COUPON, LOCK, RELEASE -> {}
        }
    }

    private void must(Clicks each, Facts.@Nullable Order order, Predicate<Facts.Order> holds) {
        if (order == null || !holds.test(order)) {
            breach(Breach.Kind.ALTERED, each, "ended %s, and its order is %s".formatted(each.status(), order));
        }
    }

    /// How it ended, once. Of coupons, which are all of one template, each shopper is told as often as they ended.
    private void told(Clicks each) {
        var wish = each.wish();
        if (wish.shopper().isEmpty() || !each.hasEnded()) {
            return;
        }
        var same = all.stream()
                .filter(other -> other.wish().subject().equals(wish.subject())
                        && other.wish().shopper().equals(wish.shopper()))
                .toList();
        if (same.getFirst() != each) {
            return;
        }
        var about = logs.getOrDefault(wish.shopper(), List.of()).stream()
                .filter(message -> !message.said() && message.content().contains(wish.subject()))
                .toList();
        var good = about.stream()
                .filter(message -> message.content().contains(wish.told()))
                .count();
        var bad = about.stream()
                .filter(message ->
                        Objects.requireNonNullElse(message.notice(), "").endsWith("_failed"))
                .count();
        toldOf(each, "applied", same.stream().filter(Clicks::isApplied).count(), good);
        toldOf(each, "failed", same.stream().filter(other -> !other.isApplied()).count(), bad);
        if (about.size() > good + bad) {
            breach(Breach.Kind.ALTERED, each, "told something else: " + about);
        }
    }

    private void toldOf(Clicks each, String what, long expected, long found) {
        if (found != expected) {
            breach(
                    found < expected ? Breach.Kind.LOST : Breach.Kind.DOUBLED,
                    each,
                    "%s was told %d times that it is %s, not %d"
                            .formatted(each.wish().shopper(), found, what, expected));
        }
    }

    private List<Clicks> of(Kind kind) {
        return all.stream().filter(each -> each.wish().kind() == kind).toList();
    }

    private List<Clicks> failed(Kind kind) {
        return of(kind).stream()
                .filter(each -> each.hasEnded() && !each.isApplied())
                .toList();
    }

    private long sum(Kind kind) {
        return of(kind).stream()
                .filter(Clicks::isApplied)
                .mapToLong(each -> each.wish().amount())
                .sum();
    }

    private void breach(Breach.Kind kind, Clicks each, String what) {
        breaches.add(new Breach(
                kind, "%s %s".formatted(each.wish().kind(), each.wish().key()), what));
    }
}
