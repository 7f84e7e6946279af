package io.xiaoer.bot.dialog.engine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What buttons of a dialog give: `d:<turn>:<value>:<signature>`, signed over session, run, turn and value. Nobody else
/// can make one, none is good in another session or another run of a flow, whose turns count from one again, and none
/// outlives its turn.
public final class Payloads {

    private static final String PREFIX = "d:";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_BYTES = 15;

    private final SecretKeySpec key;

    /// @param secret of this service; the key of signatures is made from it and used for nothing else
    public Payloads(String secret) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("SERVICE_SECRET must be set");
        }
        byte[] derived =
                mac(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM), "xiaoer dialog payloads");
        this.key = new SecretKeySpec(derived, ALGORITHM);
    }

    /// What a button gave.
    sealed interface Given {

        /// The value of a button of this turn.
        record Value(String value) implements Given {}

        /// A button of an earlier turn, of another session, or of nobody's making.
        record Stale() implements Given {}
    }

    /// A payload.
    String sign(String session, String run, int turn, String value) {
        return PREFIX + turn + ':' + value + ':' + signature(session, run, turn, value);
    }

    /// Whether a payload has the form of one of a dialog's.
    static boolean isDialogs(@Nullable String payload) {
        return payload != null && payload.startsWith(PREFIX);
    }

    /// Reads a payload of that form.
    Given read(String session, String run, int turn, String payload) {
        int first = payload.indexOf(':', PREFIX.length());
        int last = payload.lastIndexOf(':');
        if (first < 0 || last <= first) {
            return new Given.Stale();
        }
        String value = payload.substring(first + 1, last);
        byte[] given = payload.substring(last + 1).getBytes(StandardCharsets.UTF_8);
        byte[] wanted = signature(session, run, turn, value).getBytes(StandardCharsets.UTF_8);
        return payload.substring(PREFIX.length(), first).equals(Integer.toString(turn))
                        && MessageDigest.isEqual(given, wanted)
                ? new Given.Value(value)
                : new Given.Stale();
    }

    private String signature(String session, String run, int turn, String value) {
        byte[] whole = mac(key, session + '\n' + run + '\n' + turn + '\n' + value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, SIGNATURE_BYTES));
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
