package io.xiaoer.session.archive;

import io.xiaoer.common.id.UserKey;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Who was erased, and up to which message: a record that comes late does not bring anything back. Names nobody: a user
/// is recognised by a digest.
@Component
public class Tombstones {

    private final JdbcClient jdbc;

    Tombstones(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param who the digest of the user's tag
    /// @param upTo nothing of this user up to this id is kept
    public record Tombstone(String who, long upTo) {}

    /// Up to which id all of a user was erased.
    Optional<String> upTo(UserKey user) {
        return jdbc.sql("SELECT up_to FROM erasure WHERE shop_id = ? AND who = ?")
                .params(user.shop().value(), user.digest())
                .query(String.class)
                .optional();
    }

    /// Up to which id all of a user was erased, 0 if nothing was. Until the caller's transaction ends that does not
    /// change.
    public long hold(UserKey user) {
        return jdbc.sql("SELECT up_to FROM erasure WHERE shop_id = ? AND who = ? LOCK IN SHARE MODE")
                .params(user.shop().value(), user.digest())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /// Those who may concern messages from this id on, in any shop. Until the caller's transaction ends no other is
    /// added, so what it writes is either seen by an erasure or refused by it.
    List<Tombstone> holdFrom(long id) {
        return jdbc.sql("SELECT who, up_to FROM erasure WHERE up_to >= ? LOCK IN SHARE MODE")
                .param(id)
                .query((row, number) -> new Tombstone(row.getString("who"), row.getLong("up_to")))
                .list();
    }
}
