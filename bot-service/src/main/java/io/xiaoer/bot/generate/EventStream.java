package io.xiaoer.bot.generate;

import io.xiaoer.bot.generate.ModelFailure.Reason;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The server-sent events of one answer, taken one after the other by one thread. A piece is asked for only when the
/// one before it was read, so that a fast server fills no memory; closing ends the connection, also of an answer that
/// begins only then.
final class EventStream implements BodySubscriber<Void>, AutoCloseable {

    private static final long TICK = Duration.ofMillis(100).toNanos();
    private static final int LONGEST_LINE = 256 * 1024;
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    private final ChatClient.Listener listener;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;
    private byte[] piece = {};
    private int at;
    private int taken;

    /// @param listener is told of each wait
    EventStream(ChatClient.Listener listener) {
        this.listener = listener;
    }

    private sealed interface Arrival {
        record Piece(byte[] bytes) implements Arrival {}

        record End(boolean whole) implements Arrival {}
    }

    /// An answer is there when it begins; what it says comes after that.
    @Override
    public CompletionStage<Void> getBody() {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onSubscribe(Flow.Subscription fresh) {
        subscription = fresh;
        if (closed) {
            fresh.cancel();
        } else {
            fresh.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        var bytes = new ByteArrayOutputStream();
        for (ByteBuffer buffer : buffers) {
            byte[] copy = new byte[buffer.remaining()];
            buffer.get(copy);
            bytes.writeBytes(copy);
        }
        arrivals.add(new Arrival.Piece(bytes.toByteArray()));
    }

    @Override
    public void onError(Throwable failure) {
        arrivals.add(new Arrival.End(false));
    }

    @Override
    public void onComplete() {
        arrivals.add(new Arrival.End(true));
    }

    /// The data of the next event; null if the stream ended.
    ///
    /// @param late what it is called if none comes in time
    @Nullable
    String next(Duration left, Reason late) throws ModelFailure, InterruptedException {
        long until = System.nanoTime() + left.toNanos();
        var data = new StringBuilder();
        while (true) {
            String read = nextLine(until, late);
            if (read == null) {
                return data.isEmpty() ? null : data.toString();
            }
            if (read.isEmpty() && !data.isEmpty()) {
                return data.toString();
            }
            if (read.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n").append(read.substring(5).stripLeading());
            }
        }
    }

    private @Nullable String nextLine(long until, Reason late) throws ModelFailure, InterruptedException {
        while (true) {
            while (at < piece.length) {
                byte read = piece[at++];
                if (read == '\n') {
                    return takeLine();
                }
                line.write(read);
                if (line.size() > LONGEST_LINE) {
                    throw new ModelFailure(Reason.TOO_LONG);
                }
            }
            listener.waits();
            long left = until - System.nanoTime();
            var arrival = arrivals.poll(Math.clamp(left, 0, TICK), TimeUnit.NANOSECONDS);
            switch (arrival) {
                case null -> {
                    if (left <= TICK) {
                        throw new ModelFailure(late);
                    }
                }
                case Arrival.Piece(var bytes) -> {
                    take(bytes);
                }
                case Arrival.End(var whole) -> {
                    arrivals.add(arrival);
                    if (!whole) {
                        throw new ModelFailure(Reason.CUT);
                    }
                    return line.size() > 0 ? takeLine() : null;
                }
            }
        }
    }

    private void take(byte[] bytes) throws ModelFailure {
        piece = bytes;
        at = 0;
        taken += bytes.length;
        if (taken > MOST_BYTES) {
            throw new ModelFailure(Reason.TOO_LONG);
        }
        var known = subscription;
        if (known != null) {
            known.request(1);
        }
    }

    private String takeLine() {
        String read = line.toString(StandardCharsets.UTF_8);
        line.reset();
        return read.endsWith("\r") ? read.substring(0, read.length() - 1) : read;
    }

    @Override
    public void close() {
        closed = true;
        var known = subscription;
        if (known != null) {
            known.cancel();
        }
    }
}
