package io.xiaoer.session.erasure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// The figures of erasures.
@Component
class ErasureMeters {

    private final Counter users;
    private final Counter messages;

    ErasureMeters(MeterRegistry registry) {
        this.users = Counter.builder("xiaoer.erasure.users")
                .description("Names of shoppers whose data was erased on demand")
                .register(registry);
        this.messages = Counter.builder("xiaoer.erasure.messages")
                .description("Messages that went with them")
                .register(registry);
    }

    void erased(int count) {
        users.increment();
        messages.increment(count);
    }
}
