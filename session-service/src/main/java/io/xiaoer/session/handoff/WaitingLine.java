package io.xiaoer.session.handoff;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.session.conversation.Owner;
import io.xiaoer.session.conversation.SessionRow;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/// The queue of each shop as Redis shows it.
///
/// | key | type | meaning | who deletes it |
/// |---|---|---|---|
/// | `cs:waiting:<shop>` | sorted set | session id by its rank in the queue | each change of owner; the sweep; TTL |
///
/// A view: the rows decide. Not guaranteed: that it is whole, after Redis was emptied say, or free of what has just
/// left; [#mend] mends both, and who is not in it is counted in the rows.
@Component
class WaitingLine {

    private final StringRedisTemplate redis;
    private final HandOffTables tables;

    WaitingLine(StringRedisTemplate redis, HandOffTables tables) {
        this.redis = redis;
        this.tables = tables;
    }

    /// Shows a session where its row says: in the queue or not.
    ///
    /// @throws DataAccessException if Redis does not answer
    void show(SessionRow row) {
        String key = RedisKeys.waiting(row.shop());
        if (row.owner() == Owner.QUEUE) {
            redis.opsForZSet().add(key, row.sid(), HandOffTables.Place.of(row).rank());
            redis.expire(key, LogLimits.CONTRACT.life());
        } else {
            redis.opsForZSet().remove(key, row.sid());
        }
    }

    /// Where a session stands, 1 is next; empty unless it waits.
    ///
    /// @throws DataAccessException if neither Redis nor MariaDB answers
    OptionalInt position(SessionRow row) {
        if (row.owner() != Owner.QUEUE) {
            return OptionalInt.empty();
        }
        Long rank = shown(row);
        return OptionalInt.of(rank == null ? tables.ahead(row) + 1 : rank.intValue() + 1);
    }

    private @org.jspecify.annotations.Nullable Long shown(SessionRow row) {
        try {
            return redis.opsForZSet().rank(RedisKeys.waiting(row.shop()), row.sid());
        } catch (DataAccessException e) {
            return null;
        }
    }

    /// Begins to bring the view of a shop to what its rows say: every row that waits is to be named, then the end.
    ///
    /// @throws DataAccessException if Redis does not answer
    Mending mend(ShopId shop) {
        // Before the rows are read: who enters the queue meanwhile is shown by whoever passes the session on.
        var shown = redis.opsForZSet().range(RedisKeys.waiting(shop), 0, -1);
        return new Mending(shop, shown == null ? Set.of() : shown);
    }

    /// The mending of one shop's view.
    final class Mending {

        private final ShopId shop;
        private final Set<String> left;

        private Mending(ShopId shop, Set<String> shown) {
            this.shop = shop;
            this.left = new HashSet<>(shown);
        }

        /// A row that waits.
        void waits(SessionRow row) {
            if (!left.remove(row.sid())) {
                show(row);
            }
        }

        /// No other row waits.
        void end() {
            if (!left.isEmpty()) {
                redis.opsForZSet().remove(RedisKeys.waiting(shop), left.toArray());
            }
        }
    }
}
