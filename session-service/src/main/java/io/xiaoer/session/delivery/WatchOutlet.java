package io.xiaoer.session.delivery;

import io.xiaoer.common.message.MessageResource;
import java.util.function.Consumer;

/// The end of the road to a waiting long poll.
record WatchOutlet(String id, Consumer<MessageResource> listener, Runnable whenGone) implements Outlet {

    @Override
    public String device() {
        return "poll";
    }

    /// Who waits leaves out what its caller does not see.
    @Override
    public boolean seesFlags() {
        return true;
    }

    @Override
    public void message(MessageResource message, String frame) {
        listener.accept(message);
    }

    @Override
    public void passing(String frame) {
        // A long poll waits for messages alone.
    }

    @Override
    public void resync() {
        // It waits for what comes next, whatever stands before that.
    }

    @Override
    public void gone() {
        whenGone.run();
    }

    @Override
    public boolean full() {
        return false;
    }

    @Override
    public void awaitRoom() {
        // There always is.
    }
}
