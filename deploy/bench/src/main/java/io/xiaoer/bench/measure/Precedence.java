package io.xiaoer.bench.measure;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Puts the generator before all other programs of the machine, as if it had one of its own: what it says late tells
/// about itself, and not about the suite. Linux lets root do so, and whoever has `CAP_SYS_NICE`.
///
/// What this process starts afterwards goes first as well, so contenders are started before.
public final class Precedence {
    /// The least of the priorities that go before everything without one (`sched(7)`).
    private static final String PRIORITY = "1";

    private static final long PATIENCE_S = 5;

    private boolean asked;

    /// Claims it for all threads that this process has now, and those that they start; the second call does nothing.
    ///
    /// @return false if it was refused just now
    public synchronized boolean claim() throws InterruptedException {
        if (asked) {
            return true;
        }
        asked = true;
        var pid = Long.toString(ProcessHandle.current().pid());
        try {
            var process = new ProcessBuilder(List.of("chrt", "--all-tasks", "--rr", "--pid", PRIORITY, pid))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PATIENCE_S, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
