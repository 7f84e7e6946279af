package io.xiaoer.session.archive;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One look at a time for all who ask: whoever asks gets what a look found that began after the asking. However many
/// wait, the server is asked no more often than one look after the other, with a rest between.
///
/// @param <T> what is looked at
final class SharedLook<T> {

    private final Look<T> look;
    private final Pause pause;
    private final Duration rest;
    private @Nullable CompletableFuture<T> next;
    private boolean looking;

    SharedLook(Look<T> look, Pause pause, Duration rest) {
        this.look = look;
        this.pause = pause;
        this.rest = rest;
    }

    /// A look at the server, which blocks for a bounded time.
    @FunctionalInterface
    interface Look<T> {
        T take() throws Exception;
    }

    /// What the next look finds, or how it failed.
    synchronized CompletableFuture<T> ask() {
        var asked = next;
        if (asked == null) {
            asked = new CompletableFuture<>();
            next = asked;
        }
        if (!looking) {
            looking = true;
            Thread.ofVirtual().name("shared-look").start(this::lookWhileAsked);
        }
        return asked;
    }

    private void lookWhileAsked() {
        for (var asked = taken(); asked != null; asked = taken()) {
            try {
                asked.complete(look.take());
                pause.rest(rest);
            } catch (InterruptedException e) {
                // The instance ends. What is asked now is looked at without a rest, and fails if nothing answers.
                asked.completeExceptionally(e);
            } catch (Exception | Error e) {
                asked.completeExceptionally(e);
            }
        }
    }

    private synchronized @Nullable CompletableFuture<T> taken() {
        var asked = next;
        next = null;
        looking = asked != null;
        return asked;
    }
}
