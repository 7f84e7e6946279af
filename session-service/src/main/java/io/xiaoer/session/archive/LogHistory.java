package io.xiaoer.session.archive;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.LogSlice;
import io.xiaoer.common.message.MessageResource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Puts the stream and the archive together.
@Component
class LogHistory implements History {

    private final ConversationLog log;
    private final Archive archive;
    private final Warmth warmth;

    LogHistory(ConversationLog log, Archive archive, Warmth warmth) {
        this.log = log;
        this.archive = archive;
        this.warmth = warmth;
    }

    @Override
    public Page after(UserKey user, String after, int limit) throws Unavailable {
        var slice = warmSlice(user, after, limit);
        if (!slice.gap()) {
            return new Page(slice.last(), true, slice.messages());
        }
        var older = fromArchive(() -> archive.read(user, after, limit));
        return join(slice.last(), after, older, slice.messages(), limit);
    }

    @Override
    public Page before(UserKey user, String before, int limit) throws Unavailable {
        var slice = warmSlice(user, SnowflakeIds.ZERO, ConversationLog.MAX_READ);
        var recent = slice.messages().stream()
                .filter(message -> SnowflakeIds.compare(message.id(), before) < 0)
                .toList();
        if (recent.size() >= limit) {
            return new Page(slice.last(), true, recent.subList(recent.size() - limit, recent.size()));
        }
        if (!slice.gap() && !slice.messages().isEmpty()) {
            return new Page(slice.last(), true, recent);
        }
        String edge = recent.isEmpty() ? before : recent.getFirst().id();
        var older = fromArchive(() -> archive.readBefore(user, edge, limit - recent.size()));
        return join(slice.last(), SnowflakeIds.ZERO, older, recent, limit);
    }

    private LogSlice warmSlice(UserKey user, String after, int limit) throws Unavailable {
        try {
            var slice = log.read(user, after, limit);
            if (slice.cold()) {
                warmth.warm(user);
                slice = log.read(user, after, limit);
            }
            if (slice.cold()) {
                throw new Unavailable("Redis was emptied again");
            }
            return slice;
        } catch (DataAccessException e) {
            throw new Unavailable("Redis does not answer", e);
        }
    }

    private static List<MessageResource> fromArchive(java.util.function.Supplier<List<MessageResource>> read)
            throws Unavailable {
        try {
            return read.get();
        } catch (DataAccessException e) {
            throw new Unavailable("MariaDB does not answer", e);
        }
    }

    /// Older and newer in one row, each message linked to the one before it as read.
    private static Page join(
            String last, String after, List<MessageResource> older, List<MessageResource> newer, int limit) {
        var all = new ArrayList<MessageResource>(older.size() + newer.size());
        String edge = newer.isEmpty() ? null : newer.getFirst().id();
        for (MessageResource message : older) {
            if (edge == null || SnowflakeIds.compare(message.id(), edge) < 0) {
                all.add(message);
            }
        }
        if (all.size() >= limit) {
            return new Page(last, true, List.copyOf(all.subList(0, limit)));
        }
        boolean complete =
                newer.isEmpty() || reaches(all, after, newer.getFirst().prev());
        for (MessageResource message : newer) {
            String prev = all.isEmpty() ? message.prev() : all.getLast().id();
            all.add(new MessageResource(message.id(), prev, message.body()));
        }
        return new Page(last, complete, all.size() > limit ? List.copyOf(all.subList(0, limit)) : all);
    }

    /// Whether the archive reaches up to where the stream begins.
    private static boolean reaches(List<MessageResource> older, String after, String prev) {
        String reached = older.isEmpty() ? after : older.getLast().id();
        return SnowflakeIds.compare(reached, prev) >= 0;
    }
}
