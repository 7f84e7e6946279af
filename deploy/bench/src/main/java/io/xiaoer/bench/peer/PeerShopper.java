package io.xiaoer.bench.peer;

import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.load.Speech;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/// A shopper who speaks on one of two connections, in a conversation of their own.
final class PeerShopper {
    private final String name;
    private final Speech speech;
    private final SplittableRandom random;
    private final PeerLine speaks;
    private final List<Sight> own;
    private final Sight desk;
    private final List<Said> said = new ArrayList<>();
    private final List<Said> open = new ArrayList<>();

    /// @param own  what the shopper's connections are shown
    /// @param desk what the person is shown of the conversation
    PeerShopper(String name, Speech speech, SplittableRandom random, PeerLine speaks, List<Sight> own, Sight desk) {
        this.name = name;
        this.speech = speech;
        this.random = random;
        this.speaks = speaks;
        this.own = List.copyOf(own);
        this.desk = desk;
    }

    String name() {
        return name;
    }

    /// Says the next thing.
    ///
    /// @return whether there was something left
    boolean talk(long due) {
        var text = speech.next();
        if (text == null) {
            return false;
        }
        var next = new Said(new UUID(random.nextLong(), random.nextLong()).toString(), text, due);
        synchronized (this) {
            said.add(next);
            open.add(next);
        }
        speaks.say(name, next);
        return true;
    }

    /// Whether everything is acknowledged and shown on the shopper's connections and at the person's.
    synchronized boolean settled() {
        open.removeIf(this::isDone);
        return open.isEmpty();
    }

    /// What was said is answered when the last of the shopper's own connections shows it.
    private boolean isDone(Said each) {
        var id = each.messageId();
        if (id == null) {
            return false;
        }
        var latest = 0L;
        for (Sight sight : own) {
            var at = sight.at(Long.parseLong(id));
            if (at.isEmpty()) {
                return false;
            }
            latest = Math.max(latest, at.getAsLong());
        }
        each.answered(latest);
        return desk.at(Long.parseLong(id)).isPresent();
    }

    synchronized List<Said> said() {
        return List.copyOf(said);
    }

    /// Everything that was shown, the person's last.
    List<Sight> sights() {
        var all = new ArrayList<>(own);
        all.add(desk);
        return all;
    }
}
