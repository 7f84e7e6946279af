package io.xiaoer.drills.load;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.ledger.DeviceJournal;
import io.xiaoer.drills.ledger.DeviceJournal.Entry;
import io.xiaoer.drills.ledger.Message;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What a device shows, and its place in the log: the id up to which it has seen everything.
final class Screen {
    private final DeviceJournal journal;
    private final Timeline time;
    private final UnaryOperator<Message> shown;
    private final Set<String> ids = new HashSet<>(Set.of(Message.ZERO));
    private String place = Message.ZERO;

    /// @param shown hears of each message that came, and gives the one to keep
    Screen(DeviceJournal journal, Timeline time, UnaryOperator<Message> shown) {
        this.journal = journal;
        this.time = time;
        this.shown = shown;
    }

    /// Shows a message. A hole before it leaves the place where it is, so that asking again brings both.
    ///
    /// @return whether there is a hole before it
    synchronized boolean show(JSONObject resource) {
        var message = shown.apply(Message.of(resource));
        journal.add(new Entry.Came(time.now(), message));
        ids.add(message.id());
        if (Message.IDS.compare(message.id(), place) <= 0) {
            return false;
        }
        var follows = Message.IDS.compare(message.prev(), place) <= 0;
        if (!follows || !ids.contains(message.prev())) {
            return true;
        }
        place = message.id();
        return false;
    }

    /// Begins anew.
    synchronized void forget() {
        journal.add(new Entry.Forgot(time.now()));
        place = Message.ZERO;
        ids.clear();
        ids.add(Message.ZERO);
    }

    synchronized String place() {
        return place;
    }
}
