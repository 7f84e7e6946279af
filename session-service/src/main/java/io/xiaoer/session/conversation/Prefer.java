package io.xiaoer.session.conversation;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Optional;
import java.util.regex.Pattern;

/// The preference `wait` of a request (RFC 7240). Other preferences, and one that cannot be read, are passed over.
final class Prefer {

    /// The longest wait that is granted.
    static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final Pattern WAIT =
            Pattern.compile("\\s*wait\\s*=\\s*\"?0*([0-9]{1,64})\"?\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private Prefer() {}

    /// The wait that is granted, at most [#LONGEST_WAIT]; empty if none is asked for. The first one counts.
    static Optional<Duration> waitOf(Enumeration<String> headers) {
        while (headers.hasMoreElements()) {
            for (String preference : headers.nextElement().split(",", -1)) {
                var matcher = WAIT.matcher(preference);
                if (matcher.matches()) {
                    var asked = new BigInteger(matcher.group(1)).min(BigInteger.valueOf(LONGEST_WAIT.toSeconds()));
                    return Optional.of(Duration.ofSeconds(asked.intValue()));
                }
            }
        }
        return Optional.empty();
    }
}
