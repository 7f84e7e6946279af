package io.xiaoer.bench.scenario;

import java.io.IOException;
import java.util.function.Consumer;

/// Puts back what was changed for a while, once: when this is closed, or when the bench is interrupted before. What
/// fails then is told, since nobody is left to mend it.
final class Restoring implements AutoCloseable {

    private final Work work;
    private final Consumer<Exception> failed;
    private final Thread end;
    private boolean isDone;

    /// What puts it back.
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /// @param name of the thread that does it at an interruption
    /// @param failed is told what kept it from being put back
    Restoring(String name, Work work, Consumer<Exception> failed) {
        this.work = work;
        this.failed = failed;
        this.end = new Thread(this::restore, name);
        Runtime.getRuntime().addShutdownHook(end);
    }

    private synchronized void restore() {
        if (isDone) {
            return;
        }
        isDone = true;
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            failed.accept(e);
        } catch (InterruptedException e) {
            failed.accept(e);
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException _) {
            // It runs already, and finds nothing left to do.
        }
    }
}
