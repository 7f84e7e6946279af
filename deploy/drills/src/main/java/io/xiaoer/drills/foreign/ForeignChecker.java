package io.xiaoer.drills.foreign;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.foreign.Attempt.Scope;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Breach.Kind;
import io.xiaoer.drills.load.Gateway.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Judges what a stranger is answered, as it comes, and what the first shop sees of its own things afterwards.
///
/// - No answer and no frame holds a mark of the first shop, but for what the stranger put into the question.
/// - What the first shop alone can have is never answered with success, and nothing said into its session is
///   acknowledged.
/// - Afterwards everything is as it was.
///
/// That something fails is none, and proves nothing.
final class ForeignChecker {
    private static final int FAILURE = 500;
    private static final int UNKNOWN_CALLER = 401;
    private static final int TOO_MANY = 429;

    private final List<String> marks;
    private final Map<String, LongAdder> answered = new TreeMap<>();
    private final LongAdder failed = new LongAdder();
    /// The first of each attempt.
    private final Map<String, Breach> breaches = new ConcurrentHashMap<>();

    /// @param marks what nobody but the first shop may be shown
    /// @param names of all that will be tried
    ForeignChecker(List<String> marks, Collection<String> names) {
        this.marks = List.copyOf(marks);
        names.forEach(name -> answered.put(name, new LongAdder()));
    }

    /// What a connection of the scope is called.
    static String socket(Scope scope) {
        return "WebSocket as " + scope;
    }

    void came(Attempt attempt, Reply reply) {
        for (String mark : marks) {
            if (reply.text().contains(mark) && !attempt.known().contains(mark)) {
                breach(attempt.name(), "was shown " + mark + ": " + reply.text());
            }
        }
        if (reply.status() >= FAILURE || reply.status() == TOO_MANY || reply.status() == UNKNOWN_CALLER) {
            failed();
            return;
        }
        answered(attempt.name());
        if (attempt.denied() && reply.ok()) {
            breach(attempt.name(), "was not denied but answered %d %s".formatted(reply.status(), reply.text()));
        }
    }

    /// @param session the first shop's, which the stranger named
    void heard(Scope scope, String session, JSONObject frame) {
        var text = frame.toString();
        var isError = "error".equals(frame.getString("type"));
        if (isError) {
            answered(socket(scope));
        }
        for (String mark : marks) {
            if (text.contains(mark) && !(isError && mark.equals(session))) {
                breach(socket(scope), "was shown " + mark + ": " + text);
            }
        }
        if ("ack".equals(frame.getString("type"))) {
            breach(socket(scope), "was acknowledged what it said into another shop's session: " + text);
        }
    }

    void failed() {
        failed.increment();
    }

    private void answered(String name) {
        Objects.requireNonNull(answered.get(name), name).increment();
    }

    /// @param before what the first shop saw of its things before
    /// @param after  and what it sees now
    void compare(Map<String, String> before, Map<String, String> after) {
        before.forEach((what, was) -> {
            var is = after.get(what);
            if (!was.equals(is)) {
                breach(what, "was %s and is %s".formatted(was, is));
            }
        });
    }

    private void breach(String name, String detail) {
        breaches.putIfAbsent(name, new Breach(Kind.FOREIGN, name, detail));
    }

    List<Breach> breaches() {
        return new ArrayList<>(breaches.values());
    }

    long answers() {
        return answered.values().stream().mapToLong(LongAdder::sum).sum();
    }

    long failures() {
        return failed.sum();
    }

    /// How often that was answered which was answered least.
    long least() {
        return answered.values().stream().mapToLong(LongAdder::sum).min().orElse(0);
    }
}
