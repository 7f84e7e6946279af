package io.xiaoer.compensation.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A symmetric secret of Standard Webhooks 1.0: `whsec_` and 32 bytes in base64.
public final class SigningSecret {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final String text;

    /// @param text as a merchant was shown it
    public SigningSecret(String text) {
        this.text = text;
    }

    static SigningSecret make(RandomGenerator chance) {
        var bytes = new byte[BYTES];
        chance.nextBytes(bytes);
        return new SigningSecret(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    /// The secret itself, for its one showing and for the cipher.
    String value() {
        return text;
    }

    /// The signature of a delivery, as it stands in `webhook-signature`.
    ///
    /// @param timestamp seconds since 1970, as sent in `webhook-timestamp`
    public String sign(String id, long timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(text.substring(PREFIX.length())), ALGORITHM));
            mac.update((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this runtime has no HMAC-SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "SigningSecret[redacted]";
    }
}
