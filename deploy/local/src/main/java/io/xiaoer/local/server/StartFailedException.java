package io.xiaoer.local.server;

import java.nio.file.Path;
import java.util.Optional;

/// A process did not come up: it ended, or did not answer in time. The message says why as the process did, and names
/// the log that says more.
public final class StartFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private StartFailedException(String message) {
        super(message);
    }

    /// @param lastWords what the process told of it
    static StartFailedException ended(String name, int exitCode, Path log, Optional<String> lastWords) {
        return new StartFailedException("%s ended with exit code %d while it was starting; see %s%s"
                .formatted(
                        name,
                        exitCode,
                        log,
                        lastWords.map(words -> "%n  %s".formatted(words)).orElse("")));
    }

    public static StartFailedException silent(String name, long seconds, Path log) {
        return new StartFailedException("%s did not answer within %d s; see %s".formatted(name, seconds, log));
    }
}
