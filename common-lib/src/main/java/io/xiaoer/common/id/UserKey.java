package io.xiaoer.common.id;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// One person in one shop: the key of a conversation log, of its Redis slot and of its Kafka partition.
///
/// @param shop the tenant
/// @param kind which of the three name spaces the id lives in, so that a guest can never be taken for a user
/// @param id 1 to 64 printable characters, as the shop's backend or the guest's token names the person
public record UserKey(ShopId shop, Kind kind, String id) {

    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._@-";

    /// The name spaces of people.
    public enum Kind {
        /// A shopper whom the shop's backend vouched for.
        USER("u."),
        /// A shopper who has not logged in.
        GUEST("g."),
        /// A person who answers for the shop.
        AGENT("a.");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /// @throws IllegalArgumentException if the id is empty, over 64 characters long or not printable
    public UserKey {
        if (!isUserId(id)) {
            throw new IllegalArgumentException("user_id must be 1 to 64 printable characters");
        }
    }

    /// Whether somebody may be called so from now on. What shows nothing makes two shoppers of what looks like one.
    /// Who was called otherwise before is read and erased all the same, so this is no part of [#isUserId].
    public static boolean mayBeGiven(String id) {
        return isUserId(id) && id.codePoints().noneMatch(UserKey::showsNothing);
    }

    /// Whether a string may stand as a user's id.
    public static boolean isUserId(String id) {
        return !id.isBlank()
                && id.codePointCount(0, id.length()) <= 64
                && id.codePoints().noneMatch(UserKey::unprintable);
    }

    /// An id without the blanks at its end, which databases leave out when they compare it.
    public static String compared(String id) {
        int end = id.length();
        while (end > 0 && id.charAt(end - 1) == ' ') {
            end--;
        }
        return id.substring(0, end);
    }

    private static boolean unprintable(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.UNASSIGNED
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static boolean showsNothing(int point) {
        int type = Character.getType(point);
        return type == Character.FORMAT || type == Character.PRIVATE_USE;
    }

    /// The written form, `1001:u.james_li_5688`: everything outside `[A-Za-z0-9._@-]` is percent-encoded UTF-8.
    public String tag() {
        return shop.value() + ':' + name();
    }

    /// The tag's part behind the shop, as tables have it: a user within a shop.
    public String name() {
        return kind.prefix + encode(id);
    }

    /// The tag in braces, so that every key of one user shares a slot of a Redis Cluster.
    public String slot() {
        return '{' + tag() + '}';
    }

    /// How the person is recognised by who may not name them: a digest of the tag, 64 characters.
    public String digest() {
        try {
            byte[] tag = tag().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(tag));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The opposite of [#tag()].
    ///
    /// @throws IllegalArgumentException if the string is not such a tag
    public static UserKey parse(String tag) {
        int colon = tag.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a user tag");
        }
        String name = tag.substring(colon + 1);
        for (Kind kind : Kind.values()) {
            if (name.startsWith(kind.prefix)) {
                return new UserKey(
                        new ShopId(tag.substring(0, colon)), kind, decode(name.substring(kind.prefix.length())));
            }
        }
        throw new IllegalArgumentException("not a user tag");
    }

    private static String encode(String id) {
        boolean plain = true;
        for (int i = 0; i < id.length() && plain; i++) {
            plain = PLAIN.indexOf(id.charAt(i)) >= 0;
        }
        if (plain) {
            return id;
        }
        var out = new StringBuilder(id.length() + 16);
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && PLAIN.indexOf(b) >= 0) {
                out.append((char) b);
            } else {
                out.append('%').append(String.format("%02X", b & 0xff));
            }
        }
        return out.toString();
    }

    private static String decode(String encoded) {
        return encoded.indexOf('%') < 0
                ? encoded
                : java.net.URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return tag();
    }
}
