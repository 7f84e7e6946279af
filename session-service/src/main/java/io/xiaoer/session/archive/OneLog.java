package io.xiaoer.session.archive;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.LogEntry;
import io.xiaoer.session.archive.ArchiveTables.OwnedEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/// Makes one log of what stands under the names of a user and of the guests whom the user was: in the order of ids,
/// each once, and known by nonces of the user, so that a client that says again as the user what it said as the guest
/// is recognised.
final class OneLog {

    private final UserKey user;
    private final TreeMap<String, OwnedEntry> byId = new TreeMap<>(SnowflakeIds::compare);

    OneLog(UserKey user) {
        this.user = user;
    }

    /// Adds entries of one owner; one that is known already stays unless this is the user's own.
    void add(UserKey owner, List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            add(new OwnedEntry(owner, entry));
        }
    }

    void add(OwnedEntry owned) {
        byId.merge(owned.entry().id(), owned, (known, other) -> other.owner().equals(user) ? other : known);
    }

    /// Leaves out all up to an id.
    void dropUpTo(String id) {
        byId.headMap(id, true).clear();
    }

    /// All of it, oldest first. What the outbox still holds may have been said again since it was lost, as in
    /// [OneOfEach].
    List<LogEntry> entries() {
        var newest = new HashMap<Said, String>();
        byId.values().forEach(owned -> newest.put(Said.of(owned), owned.entry().id()));
        byId.values().removeIf(owned -> !owned.entry().id().equals(newest.get(Said.of(owned))));
        var taken = new HashSet<String>();
        for (OwnedEntry owned : byId.values()) {
            if (owned.owner().equals(user)) {
                taken.add(owned.entry().nonce());
            }
        }
        var entries = new ArrayList<LogEntry>(byId.size());
        for (OwnedEntry owned : byId.values()) {
            var entry = owned.entry();
            String nonce = owned.owner().equals(user) ? entry.nonce() : usersNonce(owned);
            // Where user and guest chose the same id, each keeps its own.
            boolean free = owned.owner().equals(user) || taken.add(nonce);
            entries.add(free ? new LogEntry(entry.id(), nonce, entry.hash(), entry.body()) : entry);
        }
        return entries;
    }

    /// One message, however often it was said.
    private record Said(UserKey owner, String nonce) {

        static Said of(OwnedEntry owned) {
            return new Said(owned.owner(), owned.entry().nonce());
        }
    }

    private String usersNonce(OwnedEntry owned) {
        String guests = "user:" + owned.owner().id() + ':';
        String nonce = owned.entry().nonce();
        return nonce.startsWith(guests) ? "user:" + user.id() + ':' + nonce.substring(guests.length()) : nonce;
    }
}
