package io.xiaoer.session.delivery;

import io.xiaoer.common.message.MessageResource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The frame of one pushed message: encoded when the first follower needs it, for all of them. For one thread.
final class SharedFrame implements Supplier<String> {

    private final MessageResource message;
    private @Nullable String frame;

    SharedFrame(MessageResource message) {
        this.message = message;
    }

    @Override
    public String get() {
        String known = frame;
        if (known == null) {
            known = message.frame();
            frame = known;
        }
        return known;
    }
}
