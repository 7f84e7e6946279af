package io.xiaoer.ordersync.source;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA-256 over the parts of a message.
public final class HmacSha256 {

    private static final String ALGORITHM = "HmacSHA256";

    private HmacSha256() {}

    /// Whether a signature in base64 is the one of these parts, compared in constant time. No base64 is no signature.
    public static boolean isOf(String base64, byte[] key, byte[]... parts) {
        byte[] given;
        try {
            given = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            return false;
        }
        return MessageDigest.isEqual(given, sign(key, parts));
    }

    /// The signature of the parts, one after the other.
    public static byte[] sign(byte[] key, byte[]... parts) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (var part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this runtime has no HMAC-SHA-256", impossible);
        }
    }
}
