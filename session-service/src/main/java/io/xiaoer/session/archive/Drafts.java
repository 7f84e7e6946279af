package io.xiaoer.session.archive;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.LogEntry;
import io.xiaoer.common.message.Message;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What a stale ownership number refused, or a closed session.
///
/// | table | key | meaning | who deletes it |
/// |---|---|---|---|
/// | `session_draft` | shop, session, nonce | the newest [#KEPT] of a session | what is more goes with each new one;
/// retention and erasure |
///
/// A draft of the bot comes with the record of the notice in its place, and is written in one transaction with it; an
/// agent's is written before the agent is told that it was kept. Drafts belong to the session, and with it to the user
/// whom a guest becomes. Redis holds the latest too (`cs:draft:{u}`): there is read what the archive has not reached
/// yet.
@Component
public class Drafts {

    /// The most of one session.
    static final int KEPT = 20;

    private final JdbcClient jdbc;
    private final Tombstones tombstones;
    private final ConversationLog log;
    private final SnowflakeIds ids;
    private final Clock clock;

    Drafts(JdbcClient jdbc, Tombstones tombstones, ConversationLog log, SnowflakeIds ids, Clock clock) {
        this.jdbc = jdbc;
        this.tombstones = tombstones;
        this.log = log;
        this.ids = ids;
        this.clock = clock;
    }

    /// Keeps what the log refused, unless the session was erased with its user. Repeatable by the nonce.
    ///
    /// @param nonce the field under which the log knows it
    /// @throws org.springframework.dao.DataAccessException if MariaDB does not answer
    @Transactional
    public void keep(Append refused, String nonce) {
        var user = refused.user();
        long session = Long.parseLong(Objects.requireNonNull(refused.sessionId()));
        if (tombstones.hold(user) < session) {
            write(user.shop(), session, new LogEntry(ids.next(), nonce, "", refused.body(clock.instant())));
        }
    }

    /// Within the caller's transaction, which has looked for who was erased.
    void write(ShopId shop, long session, LogEntry draft) {
        jdbc.sql("INSERT INTO session_draft (shop_id, session_id, nonce, id, body, made_at) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE shop_id = shop_id")
                .params(
                        shop.value(),
                        session,
                        draft.nonce(),
                        Long.parseLong(draft.id()),
                        draft.body(),
                        SnowflakeIds.timeOf(draft.id()).toEpochMilli())
                .update();
        jdbc.sql("SELECT id FROM session_draft WHERE shop_id = ? AND session_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?")
                .params(shop.value(), session, KEPT)
                .query(Long.class)
                .optional()
                .ifPresent(surplus -> deleteUpTo(shop, session, surplus));
    }

    private void deleteUpTo(ShopId shop, long session, long id) {
        jdbc.sql("DELETE FROM session_draft WHERE shop_id = ? AND session_id = ? AND id <= ?")
                .params(shop.value(), session, id)
                .update();
    }

    /// The drafts of a session, newest first, at most [#KEPT].
    ///
    /// @param user whose session it is
    /// @throws org.springframework.dao.DataAccessException if MariaDB or Redis does not answer
    public List<Message> of(UserKey user, String sid) {
        var byNonce = new LinkedHashMap<String, LogEntry>();
        Stream.concat(stored(user.shop(), sid).stream(), log.drafts(user).stream())
                .forEach(draft -> byNonce.putIfAbsent(draft.nonce(), draft));
        return byNonce.values().stream()
                .sorted((one, other) -> SnowflakeIds.compare(other.id(), one.id()))
                .map(draft -> Message.of(draft.id(), draft.body()))
                .filter(draft -> sid.equals(draft.sessionId()))
                .limit(KEPT)
                .toList();
    }

    private List<LogEntry> stored(ShopId shop, String sid) {
        return jdbc.sql("SELECT id, nonce, body FROM session_draft WHERE shop_id = ? AND session_id = ?"
                        + " ORDER BY id DESC LIMIT ?")
                .params(shop.value(), Long.parseLong(sid), KEPT)
                .query((row, number) ->
                        new LogEntry(row.getString("id"), row.getString("nonce"), "", row.getString("body")))
                .list();
    }
}
