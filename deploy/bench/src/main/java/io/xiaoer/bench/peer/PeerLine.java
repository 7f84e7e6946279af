package io.xiaoer.bench.peer;

import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.load.Timeline;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One connection to a contender. One that ends stays away: the load is judged as it is then.
final class PeerLine implements WebSocket.Listener {
    private final Guest guest;
    private final Dialect dialect;
    private final Timeline time;
    private final Map<String, Sight> sights;
    private final Map<String, Said> waiting = new ConcurrentHashMap<>();
    private final CompletableFuture<WebSocket> ready = new CompletableFuture<>();
    private volatile @Nullable String failure;
    private int said;

    /// @param sights by conversation, of all that are shown here
    PeerLine(Guest guest, Dialect dialect, Timeline time, Map<String, Sight> sights) {
        this.guest = guest;
        this.dialect = dialect;
        this.time = time;
        this.sights = Map.copyOf(sights);
    }

    /// Connects; complete when the contender is ready for it.
    CompletableFuture<WebSocket> open(NettyDial dial, URI node) {
        dial.open(node.resolve(dialect.path(guest)), this).whenComplete((socket, cause) -> {
            if (cause != null) {
                ready.completeExceptionally(cause);
            }
        });
        return ready;
    }

    /// Says it once. Called by one thread.
    void say(String conversation, Said next) {
        waiting.put(next.clientId(), next);
        next.sent(time.micros());
        ready.resultNow().sendText(dialect.say(++said, conversation, next.clientId(), next.text()), true);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        var now = time.micros();
        switch (dialect.hear(guest, data.toString())) {
            case Heard.Asked asked -> socket.sendText(asked.reply(), true);
            case Heard.Ready open -> ready.complete(socket);
            case Heard.Acknowledged stored -> acknowledged(stored, now);
            case Heard.Shown shown -> shown(shown, now);
            case Heard.Refused refused -> ended(refused.why());
            case Heard.Nothing nothing -> {}
        }
        return null;
    }

    private void acknowledged(Heard.Acknowledged stored, long now) {
        var own = waiting.remove(stored.clientId());
        if (own != null) {
            own.acknowledged(Long.toString(stored.id()), now);
        }
    }

    private void shown(Heard.Shown shown, long now) {
        var sight = sights.get(shown.conversation());
        if (sight == null) {
            ended("was shown something of " + shown.conversation());
        } else {
            sight.came(shown, now);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        ended("was closed with " + code);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        ended(error.toString());
    }

    private void ended(String why) {
        if (failure == null) {
            failure = why;
        }
        ready.completeExceptionally(new IOException(guest.name() + ": " + why));
    }

    /// Why it ended or what was wrong with it; nothing if all is well.
    @Nullable
    String failure() {
        return failure;
    }

    String whose() {
        return guest.name();
    }
}
