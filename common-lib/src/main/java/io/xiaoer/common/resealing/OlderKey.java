package io.xiaoer.common.resealing;

/// Which rows under another key than the one that writes are wanted: those behind a row, in the order of key, shop and
/// id, of keys before a bound.
///
/// @param afterKey  of the row; rows of this key come behind it alone, of later keys all
/// @param until     keys from here on are not wanted
@SuppressWarnings("ArrayRecordComponent") // carried to mappers, never compared
public record OlderKey(byte[] afterKey, String afterShop, String afterId, byte[] until, int limit) {

    /// No shop's name lies behind it.
    private static final String BEHIND_ALL_SHOPS = "~";

    private static final byte[] BEHIND_ALL_KEYS = {-1, -1, -1, -1, -1, -1};

    /// Of keys before this one.
    public static OlderKey before(byte[] key, int limit) {
        return new OlderKey(new byte[0], "", "", key, limit);
    }

    /// Of keys behind this one: a key's name says nothing of its age.
    public static OlderKey behind(byte[] key, int limit) {
        return new OlderKey(key, BEHIND_ALL_SHOPS, "", BEHIND_ALL_KEYS, limit);
    }

    OlderKey behind(SealedTable.Row row) {
        return new OlderKey(row.key(), row.shopId().value(), row.id(), until, limit);
    }
}
