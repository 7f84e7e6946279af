package io.xiaoer.bot.mining;

import io.xiaoer.common.masking.LogMask;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Takes from a text what may say whose it is: phones, mail addresses, cards and identity numbers, and every number of
/// five digits or more, an order's for example.
final class Anonymous {

    private static final Pattern LONG_NUMBER = Pattern.compile("[A-Za-z]{0,4}[0-9*]*[0-9][0-9* -]{3,}[0-9*]");
    private static final String HIDDEN = "*";

    private Anonymous() {}

    static String text(String said) {
        String masked = LogMask.mask(said.strip());
        return LONG_NUMBER.matcher(masked).replaceAll(HIDDEN);
    }

    /// Whether something was taken from it.
    static boolean isMasked(String text) {
        return text.contains(HIDDEN);
    }

    /// 32 characters that stand for a text.
    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
