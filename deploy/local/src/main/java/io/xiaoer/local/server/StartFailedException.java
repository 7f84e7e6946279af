package io.xiaoer.local.server;

import java.nio.file.Path;

/// A process did not come up: it ended, or did not answer in time. The message names the log that says why.
public final class StartFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private StartFailedException(String message) {
        super(message);
    }

    public static StartFailedException ended(String name, int exitCode, Path log) {
        return new StartFailedException(
                "%s ended with exit code %d while it was starting; see %s".formatted(name, exitCode, log));
    }

    public static StartFailedException silent(String name, long seconds, Path log) {
        return new StartFailedException("%s did not answer within %d s; see %s".formatted(name, seconds, log));
    }
}
