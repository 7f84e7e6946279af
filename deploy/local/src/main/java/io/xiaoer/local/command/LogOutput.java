package io.xiaoer.local.command;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Turns lines of structured JSON into plain ones; any other line passes as it is.
final class LogOutput extends OutputStream {
    private final PrintStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private LogOutput(PrintStream out) {
        this.out = out;
    }

    /// The stream itself where no person reads it.
    static PrintStream to(PrintStream out) {
        var console = System.console();
        return console != null && console.isTerminal()
                ? new PrintStream(new LogOutput(out), true, StandardCharsets.UTF_8)
                : out;
    }

    @Override
    public void write(int character) {
        if (character == '\n') {
            out.println(plain(line.toString(StandardCharsets.UTF_8)));
            line.reset();
        } else {
            line.write(character);
        }
    }

    static String plain(String line) {
        if (!line.startsWith("{")) {
            return line;
        }
        try {
            var json = JSON.parseObject(line);
            var log = json.get("log") instanceof JSONObject object ? object : new JSONObject();
            var text = new StringBuilder("%s %-5s %s"
                    .formatted(
                            Objects.requireNonNullElse(json.getString("@timestamp"), ""),
                            Objects.requireNonNullElse(log.getString("level"), ""),
                            Objects.requireNonNullElse(json.getString("message"), "")));
            json.forEach((key, value) -> {
                if (!(value instanceof JSONObject) && !key.equals("@timestamp") && !key.equals("message")) {
                    text.append(' ').append(key).append('=').append(value);
                }
            });
            if (json.get("error") instanceof JSONObject error) {
                text.append(System.lineSeparator()).append(error.getString("stack_trace"));
            }
            return text.toString();
        } catch (JSONException e) {
            return line;
        }
    }
}
