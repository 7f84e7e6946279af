package io.xiaoer.bot.warmup;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/// Goes a way of shoppers before they do, on a thread of its own once the service is started, which does not wait for
/// it. It is interrupted when the service stops.
public abstract class WarmUp implements ApplicationRunner, DisposableBean {

    private final String name;
    private final boolean wanted;
    private volatile @Nullable Thread thread;

    /// @param name of the thread
    /// @param wanted whether it happens by itself
    protected WarmUp(String name, boolean wanted) {
        this.name = name;
        this.wanted = wanted;
    }

    /// What is done. Its failure costs the first shoppers the time that it would have saved them.
    protected abstract void warm();

    @Override
    public final void run(ApplicationArguments arguments) {
        if (wanted) {
            thread = Thread.ofPlatform().daemon().name(name).start(this::warm);
        }
    }

    @Override
    public final void destroy() {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
