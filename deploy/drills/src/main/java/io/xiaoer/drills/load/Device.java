package io.xiaoer.drills.load;

import io.xiaoer.drills.ledger.DeviceJournal;
import io.xiaoer.drills.ledger.Said;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One of a shopper's devices: what it shows, and what it has said and nobody has acknowledged yet. Everything happens
/// under its lock.
abstract class Device {
    final Shopper shopper;
    final Timeline time;
    final DeviceJournal journal;
    final Screen screen;
    final Unacknowledged unacknowledged = new Unacknowledged();
    final SplittableRandom random;
    final Backoff backoff;
    boolean closed;
    private boolean away;

    Device(String name, Shopper shopper, Timeline time, SplittableRandom random) {
        this.shopper = shopper;
        this.time = time;
        this.random = random;
        this.backoff = new Backoff(random);
        this.journal = new DeviceJournal(shopper.name() + "/" + name);
        this.screen = new Screen(journal, time, shopper::saw);
    }

    /// Says it, now or when there is a connection, and goes on until it is acknowledged. Does not wait.
    final synchronized void say(Said said) {
        unacknowledged.add(said);
        if (!closed) {
            sendDue();
        }
    }

    /// To be called several times a second: does what is due.
    final synchronized void tick() {
        if (!closed && !away) {
            act();
        }
    }

    abstract void act();

    /// Sends what is to be sent now, if there is a way.
    abstract void sendDue();

    /// The suite acknowledged it.
    ///
    /// @param messageId under which id; an acknowledgement that names none vouches for nothing and is a breach
    final void acknowledged(String clientId, @Nullable String messageId) {
        unacknowledged.remove(clientId).ifPresent(said -> {
            if (messageId == null) {
                said.refused("acknowledged without an id");
            } else {
                said.acknowledged(messageId, time.micros());
            }
        });
    }

    /// The suite will not take it.
    final void refused(String clientId, String why) {
        unacknowledged.remove(clientId).ifPresent(said -> said.refused("refused: " + why));
    }

    /// Whether it is connected, stands at the end of the log as far as it knows, and waits for no acknowledgement.
    abstract boolean inSync();

    /// The same, and it does not wait to be told where the log stands.
    abstract boolean settled();

    /// Asks where the log stands, so that [#settled] is about now.
    abstract void probe();

    /// The newest id that it shows.
    final String place() {
        return screen.place();
    }

    final DeviceJournal journal() {
        return journal;
    }

    /// Loses its connection, if it has one.
    abstract void drop();

    /// Loses its connection and makes none until it comes back.
    final synchronized void leave() {
        away = true;
        drop();
    }

    final synchronized void comeBack() {
        away = false;
    }

    synchronized void close() {
        closed = true;
    }
}
