package io.xiaoer.drills.load;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.ledger.DeviceJournal;
import io.xiaoer.drills.ledger.DeviceJournal.Entry;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.load.Gateway.Reply;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A device that speaks REST: it posts what is said, one after the other, and long-polls the log.
final class PollingDevice implements Device {
    private static final Duration POST = Duration.ofSeconds(8);
    private static final Duration POLL = Duration.ofSeconds(15);
    private static final int WAIT_S = 8;
    private static final long PAUSE_MS = 500;
    private static final int MOST_DOUBLINGS = 4;

    private final Shopper shopper;
    private final Gateway gateway;
    private final Timeline time;
    private final SplittableRandom random;
    private final DeviceJournal journal;
    private final Screen screen;
    private final Unacknowledged unacknowledged = new Unacknowledged();
    private boolean posting;
    private boolean polling;
    private int failures;
    private boolean closed;
    private long pollAt;
    private boolean probing;
    private boolean atEnd;

    PollingDevice(int number, Shopper shopper, Gateway gateway, Timeline time, SplittableRandom random) {
        this.shopper = shopper;
        this.gateway = gateway;
        this.time = time;
        this.random = random;
        this.journal = new DeviceJournal(shopper.name() + "/rest" + number);
        this.screen = new Screen(journal, time, shopper::saw);
    }

    @Override
    public synchronized void say(Said said) {
        unacknowledged.add(said);
        tick();
    }

    @Override
    public synchronized void tick() {
        if (closed) {
            return;
        }
        postNext();
        if (!polling && time.now() >= pollAt) {
            poll();
        }
    }

    private void postNext() {
        if (!posting) {
            unacknowledged.oldestDue(time.now(), 2 * POST.toMillis()).ifPresent(this::post);
        }
    }

    private void post(Said said) {
        posting = true;
        said.sent(time.now());
        var body = JSONObject.of("id", said.clientId(), "text", said.text());
        gateway.call("POST", shopper.messages(), shopper.token(), body, POST)
                .whenComplete((reply, failure) -> posted(said, failure == null ? reply : null));
    }

    private synchronized void posted(Said said, @Nullable Reply reply) {
        posting = false;
        var id = reply != null && reply.ok() ? reply.data().getString("id") : null;
        if (id != null) {
            said.acknowledged(id, time.now());
            unacknowledged.remove(said.clientId());
            failures = 0;
            postNext();
        } else if (reply == null || reply.ok() || reply.status() >= 500 || reply.status() == 429) {
            // An answer that was cut off says nothing.
            var wait = reply == null
                    ? 0
                    : reply.headers().firstValueAsLong("Retry-After").orElse(0) * 1000;
            unacknowledged.later(said.clientId(), time.now() + wait + backoff());
        } else {
            unacknowledged.remove(said.clientId());
            said.refused("refused: %d %s".formatted(reply.status(), reply.json().getString("code")));
        }
    }

    /// Longer with each failure in a row, with jitter.
    private long backoff() {
        var most = PAUSE_MS << Math.min(failures++, MOST_DOUBLINGS);
        return most / 2 + random.nextLong(most);
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
            pollAt = time.now() + backoff();
            return;
        }
        failures = 0;
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
    public synchronized boolean inSync() {
        return unacknowledged.isEmpty() && atEnd;
    }

    @Override
    public synchronized boolean settled() {
        return inSync() && !probing;
    }

    @Override
    public synchronized void probe() {
        probing = true;
        pollAt = 0;
    }

    @Override
    public String place() {
        return screen.place();
    }

    @Override
    public DeviceJournal journal() {
        return journal;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
