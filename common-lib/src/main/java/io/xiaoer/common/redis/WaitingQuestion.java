package io.xiaoer.common.redis;

import io.xiaoer.common.id.UserKey;

/// A question that waits for the bot, as a member of the sorted set `cs:queue:<shop>` scored by milliseconds.
/// Whoever takes the question adds it, whoever gives it its outcome removes it; neither waits for Redis.
///
/// @param user who asked
/// @param sessionId where
/// @param id of the question
public record WaitingQuestion(UserKey user, String sessionId, String id) {

    /// The member of the set.
    public String member() {
        return user.tag() + ' ' + sessionId + ' ' + id;
    }

    /// The opposite of [#member()].
    ///
    /// @throws IllegalArgumentException if the string is not such a member
    public static WaitingQuestion parse(String member) {
        String[] parts = member.split(" ", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a waiting question");
        }
        return new WaitingQuestion(UserKey.parse(parts[0]), parts[1], parts[2]);
    }
}
