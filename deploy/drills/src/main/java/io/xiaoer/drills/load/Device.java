package io.xiaoer.drills.load;

import io.xiaoer.drills.ledger.DeviceJournal;
import io.xiaoer.drills.ledger.Said;

/// One of a shopper's devices.
interface Device {

    /// Says it, now or when there is a connection, and goes on until it is acknowledged. Does not wait.
    void say(Said said);

    /// To be called several times a second: does what is due.
    void tick();

    /// Whether it is connected, stands at the end of the log as far as it knows, and waits for no acknowledgement.
    boolean inSync();

    /// The same, and it does not wait to be told where the log stands.
    boolean settled();

    /// Asks where the log stands, so that [#settled] is about now.
    void probe();

    /// The newest id that it shows.
    String place();

    DeviceJournal journal();

    void close();
}
