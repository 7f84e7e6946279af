package io.xiaoer.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Encrypted fields and their hashes.
class FieldCryptoTest {

    private static final FieldAddress PHONE = new FieldAddress("orders", List.of("1001", "W1"), "phone");

    private final KeysetSource source = new EncodedKeyset(EncodedKeyset.generate());
    private final FieldCipher cipher = new FieldCipher(source);

    @Test
    void aFieldReadsBackWhereItWasWritten() {
        var bytes = cipher.encrypt("13800138000 上海", PHONE);
        assertThat(cipher.decrypt(bytes, PHONE)).isEqualTo("13800138000 上海");
    }

    @Test
    void theCipherTextShowsNothingAndDiffersEachTime() {
        var bytes = cipher.encrypt("13800138000", PHONE);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("13800138000");
        assertThat(bytes).isNotEqualTo(cipher.encrypt("13800138000", PHONE));
    }

    @Test
    void aFieldMovedToAnotherRowDoesNotRead() {
        var bytes = cipher.encrypt("13800138000", PHONE);
        var elsewhere = new FieldAddress("orders", List.of("1002", "W1"), "phone");
        assertThatThrownBy(() -> cipher.decrypt(bytes, elsewhere)).isInstanceOf(UnreadableField.class);
    }

    @Test
    void addressesWhosePartsRunTogetherDiffer() {
        assertThat(new FieldAddress("t", List.of("a", "bc"), "c").bytes())
                .isNotEqualTo(new FieldAddress("t", List.of("ab", "c"), "c").bytes());
    }

    @Test
    void nullStaysNull() {
        assertThat(cipher.encrypt(null, PHONE)).isNull();
        assertThat(cipher.decrypt(null, PHONE)).isNull();
    }

    @Test
    void anOlderKeyStillReadsAfterARotation() throws Exception {
        var bytes = cipher.encrypt("13800138000", PHONE);
        var rotated = KeysetHandle.newBuilder(source.keyset())
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()
                        .makePrimary())
                .build();
        assertThat(new FieldCipher(() -> rotated).decrypt(bytes, PHONE)).isEqualTo("13800138000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64!", "e30=", "c2VjcmV0"})
    void aKeysetThatIsNoneIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> new EncodedKeyset(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessage("FIELD_KEYSET must be base64 of a Tink keyset (AEAD, output prefix TINK) as JSON");
    }

    /// What it encrypts could not be told from what another key did, and would be encrypted anew for ever.
    @Test
    void aKeyThatDoesNotNameItselfIsRefused() throws Exception {
        var nameless = KeysetHandle.generateNew(AesGcmParameters.builder()
                .setKeySizeBytes(32)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build());
        var text = Base64.getEncoder()
                .encodeToString(TinkJsonProtoKeysetFormat.serializeKeyset(nameless, InsecureSecretKeyAccess.get())
                        .getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> new EncodedKeyset(text)).hasMessageContaining("output prefix TINK");
    }

    @Test
    void equalValuesOfOnePurposeHashAlike() {
        var hash = new FieldHash(key());
        assertThat(hash.of("1001:phone", "138")).hasSize(32).isEqualTo(hash.of("1001:phone", "138"));
        assertThat(hash.of("1001:phone", "138")).isNotEqualTo(hash.of("1002:phone", "138"));
        assertThat(hash.of("1001:phone", "138")).isNotEqualTo(new FieldHash(key()).of("1001:phone", "138"));
        assertThat(hash.of("1001:phone", null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2hvcnQ=", "not base64!"})
    void aHashKeyOfAnotherLengthIsRefused(String text) {
        assertThatThrownBy(() -> new FieldHash(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("FIELD_HASH_KEY must be base64 of 32 bytes");
    }

    private static String key() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
