package io.xiaoer.session.conversation;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.session.archive.Unavailable;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Passing shoppers to people, as conversations need it.
public interface HandOffs {

    /// Where a shopper stands.
    ///
    /// @param row the session as it is now
    /// @param position 1 is next; 0 if the session is not in the queue
    /// @param estimate until a person is there
    record Place(SessionRow row, int position, Duration estimate) {}

    /// Puts a session of the bot into the queue and tells the shopper. Repeatable.
    ///
    /// @param nonce of the notice, null for that of this change of owner
    /// @param question that the notice answers, null for none
    /// @param brief what the bot knows of the matter, for the person alone; null for nothing
    /// @return the place; of a session that the bot still owns if the suite alone wanted it and nobody is there
    /// @throws Unavailable if not all of it is done; the same call may be repeated
    Place handOff(
            SessionRow row,
            @Nullable String reason,
            @Nullable String nonce,
            @Nullable String question,
            @Nullable String brief)
            throws Unavailable;

    /// Puts a session that waits before all others, since its shopper does not want to live any more,
    /// and tells the shopper kindly. One that does not wait, or does so in front already, stays where it
    /// is. Repeatable.
    ///
    /// @throws Unavailable if not all of it is done; the same call may be repeated
    void hasten(UserKey user, String sid) throws Unavailable;

    /// Where a session stands, empty unless it waits for a person.
    Optional<Place> placeOf(SessionRow row);
}
