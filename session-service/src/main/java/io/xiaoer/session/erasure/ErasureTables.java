package io.xiaoer.session.erasure;

import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Where a shopper's data stands in this schema, and how it goes.
///
/// | table | what | when it goes |
/// |---|---|---|
/// | `message` | what was said | in batches, up to the tombstone |
/// | `session`, `session_rating`, `session_change`, `session_draft` | visits, ratings with comments, who held them,
/// what was refused in them | in batches, up to the tombstone |
/// | `guest_alias` | which guests the shopper was | with the tombstone's commit |
/// | `audit_entry` | what was done to their data: the names go | with the tombstone's commit |
/// | `outbox` | messages and questions on their way | with the rest |
/// | `erasure` | the name while there is work left | with the end |
@Component
class ErasureTables {

    private final JdbcClient jdbc;

    ErasureTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param owner as the event of its end tells it
    record Closed(String sid, long number) {}

    /// Sets a user's tombstone, or raises it.
    void bury(UserKey user, long upTo, long now) {
        jdbc.sql("INSERT INTO erasure (shop_id, who, up_to, user_id, requested_at, tried_at, done)"
                        + " VALUES (?, ?, ?, ?, ?, ?, FALSE) ON DUPLICATE KEY UPDATE"
                        + " up_to = GREATEST(up_to, VALUES(up_to)), user_id = VALUES(user_id),"
                        + " requested_at = VALUES(requested_at), tried_at = VALUES(tried_at), done = FALSE")
                .params(user.shop().value(), user.digest(), upTo, user.name(), now, now)
                .update();
    }

    List<UserKey> guestsOf(UserKey user) {
        return jdbc.sql("SELECT guest_id FROM guest_alias WHERE shop_id = ? AND user_id = ? FOR UPDATE")
                .params(user.shop().value(), user.name())
                .query((row, number) -> UserKey.parse(user.shop().value() + ':' + row.getString("guest_id")))
                .list();
    }

    /// Whom a guest has become.
    Optional<UserKey> userOf(UserKey guest) {
        return jdbc.sql("SELECT user_id FROM guest_alias WHERE shop_id = ? AND guest_id = ? FOR UPDATE")
                .params(guest.shop().value(), guest.name())
                .query((row, number) -> UserKey.parse(guest.shop().value() + ':' + row.getString("user_id")))
                .optional();
    }

    void forgetGuestsOf(UserKey user) {
        jdbc.sql("DELETE FROM guest_alias WHERE shop_id = ? AND user_id = ?")
                .params(user.shop().value(), user.name())
                .update();
    }

    List<Closed> openOf(UserKey user) {
        return jdbc.sql("SELECT id, number + 1 AS next FROM session WHERE shop_id = ? AND open_user = ? FOR UPDATE")
                .params(user.shop().value(), user.name())
                .query((row, number) -> new Closed(row.getString("id"), row.getLong("next")))
                .list();
    }

    void closeOpenOf(UserKey user, long now) {
        jdbc.sql("UPDATE session SET owner = 'CLOSED', open_user = NULL, holder = NULL, holder_name = NULL,"
                        + " number = number + 1, queued_at = NULL, queue_rank = NULL,"
                        + " changed_at = ?, changed_how = 'CLOSED', changed_by = NULL, ended_at = ?, pending = FALSE"
                        + " WHERE shop_id = ? AND open_user = ?")
                .params(now, now, user.shop().value(), user.name())
                .update();
    }

    /// Raises a tombstone to what Redis held when it was emptied.
    void raise(UserKey user, long upTo) {
        jdbc.sql("UPDATE erasure SET up_to = ? WHERE shop_id = ? AND who = ? AND up_to < ?")
                .params(upTo, user.shop().value(), user.digest(), upTo)
                .update();
    }

    /// Deletes a batch of messages and gives their number.
    int deleteMessages(UserKey user, long upTo, int limit) {
        return jdbc.sql("DELETE FROM message WHERE shop_id = ? AND user_id = ? AND id <= ? ORDER BY id LIMIT ?")
                .params(user.shop().value(), user.name(), upTo, limit)
                .update();
    }

    List<Long> sessions(UserKey user, long upTo, int limit) {
        return jdbc.sql("SELECT id FROM session WHERE shop_id = ? AND user_id = ? AND id <= ? AND open_user IS NULL"
                        + " ORDER BY id LIMIT ?")
                .params(user.shop().value(), user.name(), upTo, limit)
                .query((row, number) -> row.getLong("id"))
                .list();
    }

    void deleteSession(UserKey user, long sid) {
        for (String table : List.of("session_rating", "session_change", "session_draft")) {
            jdbc.sql("DELETE FROM " + table + " WHERE shop_id = ? AND session_id = ?")
                    .params(user.shop().value(), sid)
                    .update();
        }
        jdbc.sql("DELETE FROM session WHERE shop_id = ? AND id = ?")
                .params(user.shop().value(), sid)
                .update();
    }

    void deleteUnsent(UserKey user) {
        jdbc.sql("DELETE FROM outbox WHERE record_key = ? AND topic IN (?, ?)")
                .params(user.tag(), Topic.Names.CS_MESSAGE, Topic.Names.BOT_QUERY)
                .update();
    }

    /// The work on this user is done: the name goes, the tombstone stays.
    ///
    /// @return false if it was done before, or asked for anew since
    boolean finish(ErasureRow row) {
        return jdbc.sql("UPDATE erasure SET user_id = NULL, done = TRUE"
                                + " WHERE shop_id = ? AND who = ? AND done = FALSE AND tried_at = ?")
                        .params(row.user().shop().value(), row.user().digest(), row.triedAt())
                        .update()
                == 1;
    }

    boolean claim(ErasureRow row, long now) {
        return jdbc.sql("UPDATE erasure SET tried_at = ?"
                                + " WHERE shop_id = ? AND who = ? AND done = FALSE AND tried_at = ?")
                        .params(now, row.user().shop().value(), row.user().digest(), row.triedAt())
                        .update()
                == 1;
    }

    /// Those of every shop that nobody has worked on since.
    List<ErasureRow> unfinished(long before) {
        return jdbc.sql("SELECT shop_id, user_id, up_to, tried_at FROM erasure"
                        + " WHERE done = FALSE AND tried_at < ? ORDER BY tried_at LIMIT 100")
                .param(before)
                .query((row, number) -> new ErasureRow(
                        UserKey.parse(new ShopId(row.getString("shop_id")).value() + ':' + row.getString("user_id")),
                        row.getLong("up_to"),
                        row.getLong("tried_at")))
                .list();
    }
}
