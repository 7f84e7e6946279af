package io.xiaoer.common.redis;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;

/// The names of all keys and channels. Those of one user carry the user's slot, so that a script may touch them
/// together.
public final class RedisKeys {

    /// The channel that every session-service node listens to.
    public static final String ALL_NODES = "cs:all";

    /// String: the operators' [io.xiaoer.common.canary.Canary] as JSON, written again each second by session-service.
    /// It expires when nobody does, and then no shopper is taken.
    public static final String CANARY = "cs:canary";

    /// Sorted set: tag of a user -> when a dialog speaks into their silence, ms. Those who are due are taken out.
    public static final String SILENCES = "cs:silence";

    private RedisKeys() {}

    /// Stream of the last messages of a user.
    public static String chat(UserKey user) {
        return "cs:chat:" + user.slot();
    }

    /// Hash of nonces, trimmed with the stream.
    public static String nonces(UserKey user) {
        return "cs:nonce:" + user.slot();
    }

    /// Hash of the open session.
    public static String session(UserKey user) {
        return "cs:session:" + user.slot();
    }

    /// Hash of connections, watchers and long polls.
    public static String online(UserKey user) {
        return "cs:online:" + user.slot();
    }

    /// Hash: how far each device of a user has read.
    public static String read(UserKey user) {
        return "cs:read:" + user.slot();
    }

    /// String: the stamp of the Redis, and of its history, under which the keys of this user were filled.
    public static String warm(UserKey user) {
        return "cs:warm:" + user.slot();
    }

    /// Hash of the running dialog and the last question that moved it.
    public static String dialog(UserKey user) {
        return "cs:dialog:" + user.slot();
    }

    /// List of the times of a user's last messages, for the limit.
    public static String rate(UserKey user) {
        return "cs:rate:" + user.slot();
    }

    /// List of what a stale ownership number refused.
    public static String drafts(UserKey user) {
        return "cs:draft:" + user.slot();
    }

    /// Hash of what a user's cards showed of late, and of the lease under which more may be kept.
    public static String cards(UserKey user) {
        return "cs:card:" + user.slot();
    }

    /// Set of the counted writes that a user's dialogs made of late.
    public static String writes(UserKey user) {
        return "cs:writes:" + user.slot();
    }

    /// String: the user of a session.
    public static String sessionUser(String sessionId) {
        return "cs:sid:" + sessionId;
    }

    /// Sorted set of the waiting questions of a shop by time.
    public static String queue(ShopId shop) {
        return "cs:queue:" + shop;
    }

    /// Sorted set of the sessions of a shop that wait for a person.
    public static String waiting(ShopId shop) {
        return "cs:waiting:" + shop;
    }

    /// Hash of a shop's agents and their last signs of life.
    public static String agents(ShopId shop) {
        return "cs:agents:" + shop;
    }

    /// String: the token behind a single-use ticket.
    public static String ticket(String id) {
        return "cs:ticket:" + id;
    }

    /// String: what was announced under an idempotency key.
    ///
    /// @param hash of the key
    public static String announcement(ShopId shop, String hash) {
        return "cs:announce:" + shop + ':' + hash;
    }

    /// String: the tokens that a shop has spent on models in a day.
    public static String tokens(ShopId shop, String day) {
        return "cs:tokens:" + shop + ':' + day;
    }

    /// Channel of one session-service node.
    public static String node(String node) {
        return "cs:node:" + node;
    }
}
