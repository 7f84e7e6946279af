package io.xiaoer.common.event;

import io.xiaoer.common.id.UserKey;
import java.time.Instant;
import java.util.Optional;

/// A shopper who was erased, as `cs.session` tells it: who keeps anything of theirs from before
/// deletes it.
public record Erased(UserKey user, Instant at) {
    private static final String WHAT = "erased";

    /// What a database cannot store is no time at which somebody was erased.
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    /// Who was erased, if that is what the change tells.
    ///
    /// @throws EventJson.Unreadable if it names nobody, or no time
    public static Optional<Erased> of(SessionChanged change) {
        if (!change.what().equals(WHAT)) {
            return Optional.empty();
        }
        if (change.at().isBefore(Instant.EPOCH) || !change.at().isBefore(NEVER)) {
            throw new EventJson.Unreadable("an erasure of no time", null);
        }
        try {
            return Optional.of(new Erased(UserKey.parse(change.user()), change.at()));
        } catch (IllegalArgumentException nobody) {
            throw new EventJson.Unreadable("an erasure of nobody", nobody);
        }
    }
}
