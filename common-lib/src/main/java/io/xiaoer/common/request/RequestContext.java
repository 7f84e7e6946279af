package io.xiaoer.common.request;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The ids of one call.
///
/// @param requestId 1 to 128 printable ASCII characters
/// @param traceparent W3C Trace Context, version 00
public record RequestContext(String requestId, String traceparent) {

    /// The header of the request id.
    public static final String REQUEST_ID = "X-Request-ID";

    /// The header of the trace.
    public static final String TRACEPARENT = "traceparent";

    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,128}");
    private static final Pattern TRACE = Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}((?<!^00-.{52})-.*)?");
    private static final SecureRandom RANDOM = new SecureRandom();

    /// What came in, and new ids in place of what did not come or is not valid.
    public static RequestContext of(@Nullable String requestId, @Nullable String traceparent) {
        return new RequestContext(
                requestId != null
                                && !requestId.isBlank()
                                && PRINTABLE.matcher(requestId).matches()
                        ? requestId
                        : UUID.randomUUID().toString(),
                traceparent != null
                                && traceparent.length() <= 128
                                && TRACE.matcher(traceparent).matches()
                        ? traceparent
                        : newTrace());
    }

    /// The trace id inside `traceparent`.
    public String traceId() {
        return traceparent.substring(3, 35);
    }

    private static String newTrace() {
        var bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        var hex = HexFormat.of();
        return "00-" + hex.formatHex(bytes, 0, 16) + "-" + hex.formatHex(bytes, 16, 24) + "-01";
    }
}
