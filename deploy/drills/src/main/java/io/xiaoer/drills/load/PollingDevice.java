package io.xiaoer.drills.load;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.ledger.DeviceJournal.Entry;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.load.Gateway.Reply;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A device that speaks REST: it posts what is said, one after the other, and long-polls the log.
final class PollingDevice extends Device {
    private static final Duration POST = Duration.ofSeconds(8);
    private static final Duration POLL = Duration.ofSeconds(15);
    private static final int WAIT_S = 8;

    private final Gateway gateway;
    private boolean posting;
    private boolean polling;
    private long pollAt;
    private boolean probing;
    private boolean atEnd;

    PollingDevice(int number, Shopper shopper, Gateway gateway, Timeline time, SplittableRandom random) {
        super("rest" + number, shopper, time, random);
        this.gateway = gateway;
    }

    @Override
    void act() {
        sendDue();
        if (!polling && time.now() >= pollAt) {
            poll();
        }
    }

    @Override
    void sendDue() {
        if (!posting) {
            unacknowledged.oldestDue(time.now(), 2 * POST.toMillis()).ifPresent(this::post);
        }
    }

    private void post(Said said) {
        posting = true;
        said.sent(time.micros());
        var body = JSONObject.of("id", said.clientId(), "text", said.text());
        gateway.call("POST", shopper.messages(), shopper.token(), body, POST)
                .whenComplete((reply, failure) -> posted(said, failure == null ? reply : null));
    }

    private synchronized void posted(Said said, @Nullable Reply reply) {
        posting = false;
        if (reply == null || reply.status() >= 500 || reply.status() == 429) {
            var wait = reply == null
                    ? 0
                    : reply.headers().firstValueAsLong("Retry-After").orElse(0) * 1000;
            unacknowledged.later(said.clientId(), time.now() + wait + backoff.next());
        } else if (reply.ok()) {
            acknowledged(said.clientId(), reply.data().getString("id"));
            backoff.reset();
            if (!closed) {
                sendDue();
            }
        } else {
            refused(said.clientId(), reply.status() + " " + reply.json().getString("code"));
        }
    }

    private void poll() {
        polling = true;
        var wait = probing ? 0 : WAIT_S;
        journal.add(new Entry.Opened(time.now()));
        journal.add(new Entry.Asked(time.now(), screen.place()));
        var path = "%s?last_message_id=%s&limit=200&wait=%d".formatted(shopper.messages(), screen.place(), wait);
        gateway.call("GET", path, shopper.token(), null, POLL)
                .whenComplete((reply, failure) -> polled(failure == null ? reply : null));
    }

    private synchronized void polled(@Nullable Reply reply) {
        polling = false;
        if (reply == null || !reply.ok()) {
            pollAt = time.now() + backoff.next();
            return;
        }
        backoff.reset();
        for (JSONObject resource : reply.list()) {
            if (screen.show(resource)) {
                break;
            }
        }
        var last = reply.meta().getString("last");
        atEnd = last != null && Message.IDS.compare(screen.place(), last) >= 0;
        probing = false;
        pollAt = time.now();
    }

    @Override
    synchronized boolean inSync() {
        return unacknowledged.isEmpty() && atEnd;
    }

    @Override
    synchronized boolean settled() {
        return inSync() && !probing;
    }

    @Override
    synchronized void probe() {
        probing = true;
        pollAt = 0;
    }

    @Override
    void drop() {
        // It keeps none.
    }
}
