package io.xiaoer.session.archive;

/// What is needed is away at the moment, or did not come in time; the same call may succeed later.
public final class Unavailable extends Exception {

    private static final long serialVersionUID = 1L;

    public Unavailable(String what) {
        super(what);
    }

    public Unavailable(String what, Throwable cause) {
        super(what, cause);
    }
}
