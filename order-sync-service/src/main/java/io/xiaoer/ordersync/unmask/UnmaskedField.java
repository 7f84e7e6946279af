package io.xiaoer.ordersync.unmask;

import io.xiaoer.ordersync.order.Receiver;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A field of a receiver that can be asked for alone.
enum UnmaskedField {
    NAME(Receiver::name),
    PHONE(Receiver::phone),
    ADDRESS(Receiver::address);

    private final Function<Receiver, @Nullable String> reading;

    UnmaskedField(Function<Receiver, @Nullable String> reading) {
        this.reading = reading;
    }

    @Nullable
    String of(Receiver receiver) {
        return reading.apply(receiver);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
