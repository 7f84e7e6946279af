package io.xiaoer.common.crypto;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AeadKey;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

/// A keyset given as text: base64 of Tink's JSON form.
public final class EncodedKeyset implements KeysetSource {

    private final KeysetHandle keyset;

    /// @throws IllegalArgumentException if the text is not a keyset; the message does not repeat the text
    public EncodedKeyset(String text) {
        this.keyset = parse(text);
    }

    /// A new keyset of one AES-256-GCM key, as text.
    public static String generate() {
        try {
            AeadConfig.register();
            var keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            var json = TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
            return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this runtime has no AES-GCM", impossible);
        }
    }

    @Override
    public KeysetHandle keyset() {
        return keyset;
    }

    /// The same keyset, if whatever its keys encrypt begins with the key's name.
    private static KeysetHandle named(KeysetHandle keyset) throws GeneralSecurityException {
        for (int at = 0; at < keyset.size(); at++) {
            var entry = keyset.getAt(at);
            boolean names = entry.getKey() instanceof AeadKey key
                    && Arrays.equals(key.getOutputPrefix().toByteArray(), FieldCipher.keyName(entry.getId()));
            if (!names) {
                throw new GeneralSecurityException("a key does not name itself");
            }
        }
        return keyset;
    }

    @Override
    public String toString() {
        return "EncodedKeyset[redacted]";
    }

    // The cause may quote the key material, and so is dropped.
    @SuppressWarnings("UnusedException")
    private static KeysetHandle parse(String text) {
        try {
            AeadConfig.register();
            var json = new String(Base64.getDecoder().decode(text.strip()), StandardCharsets.UTF_8);
            return named(TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(
                    "FIELD_KEYSET must be base64 of a Tink keyset (AEAD, output prefix TINK) as JSON");
        }
    }
}
