package io.xiaoer.drills.failing;

import io.xiaoer.drills.failing.Tasks.Facts;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Breach.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Judges what could not be processed.
///
/// - All of it was taken.
/// - Compensation had each, as one task and whole, within a minute of when it was taken, or of the return of what was
///   broken last if that was later; a command was `compensating` by then.
/// - After what was missing had been made each command was applied by its replay, and of coupons exactly one was given
///   for each.
final class DudChecker {
    static final Duration WITHIN = Duration.ofSeconds(60);

    private final List<Dud> all;
    private final long stock;
    private final Facts facts;
    private final long back;
    private final List<Breach> breaches = new ArrayList<>();

    private DudChecker(List<Dud> all, long stock, Facts facts, long back) {
        this.all = all;
        this.stock = stock;
        this.facts = facts;
        this.back = back;
    }

    /// @param stock of the template, when it was made
    /// @param facts what is left and what was given of it
    /// @param back  when the last thing that was broken was back
    static List<Breach> check(List<Dud> all, long stock, Facts facts, long back) {
        return new DudChecker(all, stock, facts, back).run();
    }

    private List<Breach> run() {
        for (Dud each : all) {
            if (each.isTaken()) {
                inTime(each);
                replayed(each);
            } else {
                breach(Kind.NOT_TAKEN, each, "was not taken: " + each.refusal());
            }
        }
        coupons();
        return List.copyOf(breaches);
    }

    private void inTime(Dud each) {
        if (!each.isFound()) {
            breach(Kind.LOST, each, "is not in compensation, under " + each.id() + status(each));
            return;
        }
        var late = each.foundAt() - Math.max(each.takenAt(), back);
        if (late > WITHIN.toMillis()) {
            breach(Kind.LATE, each, "came into compensation after %d ms".formatted(late));
        }
        if (each.tasks() > 1) {
            breach(Kind.DOUBLED, each, "is in compensation as %d tasks".formatted(each.tasks()));
        }
        if (each.flaw() != null) {
            breach(Kind.ALTERED, each, "is not whole in compensation: " + each.flaw());
        }
    }

    private static String status(Dud each) {
        return each.isCommand() ? ", and '%s'".formatted(each.status()) : "";
    }

    private void replayed(Dud each) {
        if (each.isCommand() && each.isFound() && !"applied".equals(each.status())) {
            breach(Kind.UNANSWERED, each, "is '%s' after its replay, not applied".formatted(each.status()));
        }
    }

    private void coupons() {
        var applied = all.stream()
                .filter(each -> each.isCommand() && "applied".equals(each.status()))
                .count();
        counted("coupons given", applied, facts.issued());
        counted("coupons taken from stock", applied, stock - facts.stock());
    }

    private void counted(String what, long expected, long found) {
        if (expected != found) {
            var kind = found < expected ? Kind.LOST : Kind.DOUBLED;
            breaches.add(new Breach(kind, "the shop", "%s: %d, not %d".formatted(what, found, expected)));
        }
    }

    private void breach(Kind kind, Dud each, String what) {
        breaches.add(new Breach(kind, "%s %s".formatted(each.kind(), each.name()), what));
    }
}
