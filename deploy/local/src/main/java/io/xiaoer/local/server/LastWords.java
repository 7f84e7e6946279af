package io.xiaoer.local.server;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a process that has ended told last of why, in its log: its last error, or its last warning if there is none, or
/// its last line.
///
/// Lines may be structured (ECS, as our services write them) or plain (as Redis, Kafka, MariaDB and the JVM do).
final class LastWords {
    /// Looked at, from the log's end.
    private static final int MOST_BYTES = 256 << 10;
    private static final int MOST_CHARACTERS = 1_000;

    private static final Pattern ERROR = Pattern.compile("\\b(ERROR|FATAL|Fatal|Error|[A-Za-z]*Exception)\\b");
    private static final Pattern WARNING = Pattern.compile("\\b(WARN|WARNING|Warning)\\b");
    /// Of what Spring Boot frames a known failure with.
    private static final Pattern FRAME =
            Pattern.compile("\\**|APPLICATION FAILED TO START|Description:|Action:", Pattern.CASE_INSENSITIVE);

    /// Lines that tell nothing: blank ones, those of a stack, and that it ends.
    private static final Pattern IDLE =
            Pattern.compile("\\s*|\\s+at .*|\\s*\\.\\.\\. \\d+ (more|common frames.*)|.*Aborting");

    private static final String CAUSED_BY = "Caused by: ";

    private LastWords() {}

    /// @param from where this process began to write
    static Optional<String> of(Path log, long from) {
        try {
            return of(read(log, from).lines().toList());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The log may have been emptied since: then all of it is of this process.
    private static String read(Path log, long from) throws IOException {
        try (var channel = FileChannel.open(log)) {
            var size = channel.size();
            var begin = Math.max(from > size ? 0 : from, size - MOST_BYTES);
            var bytes = ByteBuffer.allocate((int) (size - begin));
            while (bytes.hasRemaining() && channel.read(bytes, begin + bytes.position()) >= 0) {
                // There is more of it.
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }

    static Optional<String> of(List<String> lines) {
        var told = lines.stream()
                .filter(line -> !IDLE.matcher(line).matches())
                .map(Line::of)
                .toList();
        return last(told, line -> line.level.equals("ERROR"))
                .or(() -> last(told, line -> line.level.equals("WARN")))
                .or(() -> last(told, line -> true));
    }

    private static Optional<String> last(List<Line> lines, Predicate<Line> which) {
        return lines.reversed().stream()
                .filter(which)
                .map(Line::text)
                .filter(text -> !text.isEmpty())
                .map(text -> text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + " …" : text)
                .findFirst();
    }

    private record Line(String level, String text) {

        static Line of(String line) {
            if (line.startsWith("{")) {
                try {
                    return of(JSON.parseObject(line));
                } catch (JSONException e) {
                    // It begins like one and is none, or was cut off.
                }
            }
            var level =
                    ERROR.matcher(line).find() ? "ERROR" : WARNING.matcher(line).find() ? "WARN" : "";
            return new Line(level, line.strip());
        }

        private static Line of(JSONObject line) {
            var level = line.get("log") instanceof JSONObject log ? log.getString("level") : null;
            var text = new StringBuilder(unframed(String.valueOf(line.getString("message"))));
            // What a service gives as the reason, or else the exception at the root.
            var reason = line.get("reason");
            if (reason != null) {
                text.append(": ").append(reason);
            } else if (line.get("error") instanceof JSONObject error) {
                text.append(": ").append(root(error));
            }
            return new Line(level == null ? "" : level, text.toString());
        }

        private static String unframed(String message) {
            return message.lines()
                    .map(String::strip)
                    .filter(line -> !FRAME.matcher(line).matches())
                    .collect(Collectors.joining(" "));
        }

        private static String root(JSONObject error) {
            var trace = String.valueOf(error.getString("stack_trace"));
            return trace.lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith(CAUSED_BY))
                    .reduce((first, second) -> second)
                    .map(line -> line.substring(CAUSED_BY.length()))
                    .orElseGet(() -> String.valueOf(error.getString("message")));
        }
    }
}
