package io.xiaoer.bench.peer;

import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Breach.Kind;
import io.xiaoer.drills.ledger.Said;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// What one connection was shown of one conversation.
final class Sight {
    private final String whose;
    private final Map<Long, Came> shown = new HashMap<>();
    private final List<Breach> breaches = new ArrayList<>();
    private long newest;

    private record Came(String text, long at) {}

    /// @param whose connection, for people
    Sight(String whose) {
        this.whose = whose;
    }

    synchronized void came(Heard.Shown message, long at) {
        if (message.id() <= newest) {
            var kind = shown.containsKey(message.id()) ? Kind.DOUBLED : Kind.MISORDERED;
            breaches.add(new Breach(kind, whose, "got %d after %d".formatted(message.id(), newest)));
        }
        newest = Math.max(newest, message.id());
        shown.putIfAbsent(message.id(), new Came(message.text(), at));
    }

    /// When the message was shown.
    synchronized OptionalLong at(long id) {
        var came = shown.get(id);
        return came == null ? OptionalLong.empty() : OptionalLong.of(came.at());
    }

    /// What is wrong with it.
    ///
    /// @param said everything that was said in the conversation
    synchronized List<Breach> judge(List<Said> said) {
        var all = new ArrayList<>(breaches);
        var strange = new HashSet<>(shown.keySet());
        for (Said each : said) {
            var id = each.messageId();
            if (id == null) {
                continue;
            }
            strange.remove(Long.parseLong(id));
            var came = shown.get(Long.parseLong(id));
            if (came == null) {
                all.add(new Breach(Kind.LOST, whose, "was not shown " + id));
            } else if (!came.text().equals(each.text())) {
                all.add(new Breach(Kind.ALTERED, whose, id + " says something else"));
            }
        }
        strange.forEach(
                id -> all.add(new Breach(Kind.DOUBLED, whose, "was shown %d, which nobody said".formatted(id))));
        return all;
    }
}
