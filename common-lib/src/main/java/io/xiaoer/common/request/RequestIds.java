package io.xiaoer.common.request;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// The ids of the call that the current thread works for, and the way to carry them into another thread or process.
public final class RequestIds {

    /// The header's name on Kafka records.
    public static final String KAFKA_REQUEST_ID = "x-request-id";

    /// The trace's name on Kafka records.
    public static final String KAFKA_TRACEPARENT = "traceparent";

    static final String MDC_REQUEST_ID = "request_id";
    static final String MDC_TRACE_ID = "trace.id";

    private static final ThreadLocal<@Nullable RequestContext> CURRENT = new ThreadLocal<>();

    private RequestIds() {}

    /// The current request id, or null outside any call.
    public static @Nullable String current() {
        var context = CURRENT.get();
        return context == null ? null : context.requestId();
    }

    /// The current ids, or null outside any call.
    public static @Nullable RequestContext context() {
        return CURRENT.get();
    }

    /// The headers that carry the current ids on a Kafka record or an HTTP call; empty outside any call.
    public static Map<String, String> headers() {
        var context = CURRENT.get();
        return context == null
                ? Map.of()
                : Map.of(KAFKA_REQUEST_ID, context.requestId(), KAFKA_TRACEPARENT, context.traceparent());
    }

    /// Goes on with the ids of a record that was received, new ones in place of those it lacks, until the scope is
    /// closed by the same thread.
    public static Scope continueFrom(@Nullable String requestId, @Nullable String traceparent) {
        return open(RequestContext.of(requestId, traceparent));
    }

    /// Makes these the current ids of this thread until the scope is closed by it.
    public static Scope open(RequestContext context) {
        var before = CURRENT.get();
        set(context);
        return () -> set(before);
    }

    private static void set(@Nullable RequestContext context) {
        if (context == null) {
            CURRENT.remove();
            MDC.remove(MDC_REQUEST_ID);
            MDC.remove(MDC_TRACE_ID);
        } else {
            CURRENT.set(context);
            MDC.put(MDC_REQUEST_ID, context.requestId());
            MDC.put(MDC_TRACE_ID, context.traceId());
        }
    }

    /// Ends what [#open] began.
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
