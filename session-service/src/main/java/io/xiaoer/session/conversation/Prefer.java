package io.xiaoer.session.conversation;

import java.time.Duration;
import java.util.Enumeration;
import java.util.Optional;
import java.util.regex.Pattern;

/// The preference `wait` of a request (RFC 7240). Other preferences, and one that cannot be read, are passed over.
final class Prefer {

    /// The longest wait that is granted.
    static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final Pattern WAIT =
            Pattern.compile("\\s*wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private Prefer() {}

    /// The wait that is granted, at most [#LONGEST_WAIT]; empty if none is asked for. The first one counts.
    static Optional<Duration> waitOf(Enumeration<String> headers) {
        while (headers.hasMoreElements()) {
            for (String preference : headers.nextElement().split(",", -1)) {
                var matcher = WAIT.matcher(preference);
                if (matcher.matches()) {
                    var asked = Duration.ofSeconds(Long.parseLong(matcher.group(1)));
                    return Optional.of(asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked);
                }
            }
        }
        return Optional.empty();
    }
}
