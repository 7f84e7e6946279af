package io.xiaoer.local.command;

/// Something that a person asked for on the command line.
public interface Command {

    /// Does it and returns the exit code.
    int run() throws Exception;

    /// The words on the command line name no command, or not all that it needs.
    final class NotUnderstood extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NotUnderstood(String message) {
            super(message);
        }
    }
}
