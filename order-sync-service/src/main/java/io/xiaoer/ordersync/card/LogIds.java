package io.xiaoer.ordersync.card;

import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// What log lines carry, taken along to whatever thread goes on with an answer.
record LogIds(Map<String, String> ids) {

    /// Those of this thread.
    static LogIds current() {
        return new LogIds(of(MDC.getCopyOfContextMap()));
    }

    private static Map<String, String> of(@Nullable Map<String, String> ids) {
        return Objects.requireNonNullElse(ids, Map.of());
    }

    <T> T in(Supplier<T> work) {
        var before = of(MDC.getCopyOfContextMap());
        MDC.setContextMap(ids);
        try {
            return work.get();
        } finally {
            MDC.setContextMap(before);
        }
    }
}
