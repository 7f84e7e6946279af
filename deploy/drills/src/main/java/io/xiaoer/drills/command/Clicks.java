package io.xiaoer.drills.command;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/// What came back for one key: written by the clicks, read by the checker in the end.
final class Clicks {
    private final Wish wish;
    private final Set<String> ids = new ConcurrentSkipListSet<>();
    private final Set<String> refusals = new ConcurrentSkipListSet<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile String status = "";
    private volatile String reason = "";

    Clicks(Wish wish) {
        this.wish = wish;
    }

    Wish wish() {
        return wish;
    }

    void accepted(String id) {
        ids.add(id);
        answered.incrementAndGet();
    }

    /// An answer after which asking again is no use.
    void refused(String answer) {
        refusals.add(answer);
        answered.incrementAndGet();
    }

    void stands(String now, String why) {
        status = now;
        reason = why;
    }

    int answered() {
        return answered.get();
    }

    Set<String> ids() {
        return new TreeSet<>(ids);
    }

    Set<String> refusals() {
        return new TreeSet<>(refusals);
    }

    /// The status of its command when it was last looked at; empty before.
    String status() {
        return status;
    }

    String reason() {
        return reason;
    }

    boolean isApplied() {
        return status.equals("applied");
    }

    boolean hasEnded() {
        return isApplied() || status.equals("failed");
    }
}
