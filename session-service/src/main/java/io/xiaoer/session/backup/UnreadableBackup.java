package io.xiaoer.session.backup;

/// A backup is not there, not complete, damaged, or of a form that this version does not read.
final class UnreadableBackup extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableBackup(String message) {
        super(message);
    }
}
