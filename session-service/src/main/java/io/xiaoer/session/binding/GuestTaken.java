package io.xiaoer.session.binding;

/// The guest has become another user before.
public final class GuestTaken extends Exception {

    private static final long serialVersionUID = 1L;

    GuestTaken() {
        super("the guest is bound to another user");
    }
}
