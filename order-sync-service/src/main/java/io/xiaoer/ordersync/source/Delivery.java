package io.xiaoer.ordersync.source;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A call of a platform as it came, before anything of it is believed.
///
/// @param body    the bytes that were signed
/// @param headers the value of a header by its name, null if it is not there
@SuppressWarnings("ArrayRecordComponent") // read and verified, never compared
public record Delivery(byte[] body, Function<String, @Nullable String> headers) {

    /// A header's value, if it came.
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.apply(name));
    }
}
