package io.xiaoer.bench.peer;

import java.io.IOException;
import java.util.List;

/// Ends a process once the bench is no more, even if the bench was killed (`kill -9`) and could do nothing itself: a
/// shell waits for the end of a pipe whose other end the bench holds. Any program is guarded so, and knows nothing of
/// it.
final class Guard implements AutoCloseable {
    /// An interrupt at the terminal is for the bench, which then ends its peers in order.
    private static final String WAIT = """
            trap '' INT TERM HUP
            read -r word
            kill "$0"
            sleep 3
            kill -9 "$0"
            """;

    private final Process shell;

    private Guard(Process shell) {
        this.shell = shell;
    }

    static Guard of(long pid) throws IOException {
        return new Guard(new ProcessBuilder(List.of("sh", "-c", WAIT, Long.toString(pid)))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /// From now on nobody ends the process. To be called while the process has its id, which may be another's later.
    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
