package io.xiaoer.drills.suite;

import java.io.IOException;

/// Something that must be undone however a drill ends: at the end of a block or, if the drill is
/// interrupted in it or told to end, as its JVM ends. Only `kill -9` of the drill leaves it.
///
/// It begins before what it undoes, so what it does must be right where nothing has happened yet.
public final class Undoing implements AutoCloseable {
    private final Act act;
    private final Thread atTheEnd;
    private boolean done;

    private Undoing(Act act) {
        this.act = act;
        this.atTheEnd = Thread.ofPlatform().name("undoing").unstarted(this::undoAtTheEnd);
    }

    /// What undoes it.
    @FunctionalInterface
    public interface Act {
        void run() throws IOException, InterruptedException;
    }

    public static Undoing by(Act act) {
        var undoing = new Undoing(act);
        Runtime.getRuntime().addShutdownHook(undoing.atTheEnd);
        return undoing;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            undo();
        } finally {
            forget();
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException e) {
            // The JVM is ending, and that thread has run or finds nothing to do.
        }
    }

    private synchronized void undo() throws IOException, InterruptedException {
        if (!done) {
            done = true;
            act.run();
        }
    }

    private void undoAtTheEnd() {
        try {
            undo();
        } catch (IOException e) {
            System.err.println(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
