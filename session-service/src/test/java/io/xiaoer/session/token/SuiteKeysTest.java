package io.xiaoer.session.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which keys the suite signs with and honours.
class SuiteKeysTest {

    @Test
    void aKeyIsNamedByItsThumbprintWhateverItWasNamedBefore() throws Exception {
        var key = new ECKeyGenerator(Curve.P_256).keyID("mine").generate();

        var keys = SuiteKeys.parse(base64(key.toJSONString()), "");

        assertThat(keys.signing().getKeyID()).isEqualTo(key.computeThumbprint().toString());
        assertThat(keys.keys("mine")).isEmpty();
        assertThat(keys.keys(key.computeThumbprint().toString())).hasSize(1);
    }

    @Test
    void olderKeysAreHonouredAndNoPrivatePartIsPublished() throws Exception {
        var key = key();
        var older = key();

        var keys = SuiteKeys.parse(base64(key.toJSONString()), base64(new JWKSet(List.of(older, key)).toString(false)));

        assertThat(keys.keys(null)).hasSize(2).noneMatch(published -> published.isPrivate());
        assertThat(keys.keys(older.computeThumbprint().toString())).hasSize(1);
        assertThat(keys.published().toString()).doesNotContain(", d=", "{d=");
    }

    @Test
    void anotherCurveAPublicKeyAnRsaKeyAndNonsenseAreRefusedWithoutTheirValue() throws Exception {
        for (var wrong : List.of(
                new ECKeyGenerator(Curve.P_384).generate().toJSONString(),
                key().toPublicJWK().toJSONString(),
                new RSAKeyGenerator(2048).generate().toJSONString(),
                "{\"kty\":\"EC\"}",
                "nonsense")) {
            assertThatThrownBy(() -> SuiteKeys.parse(base64(wrong), ""))
                    .hasMessageContaining("SUITE_SIGNING_KEY")
                    .hasMessageNotContaining(wrong)
                    .hasNoCause();
        }
        assertThatThrownBy(() -> SuiteKeys.parse("not base64!", "")).hasMessageContaining("SUITE_SIGNING_KEY");
    }

    @Test
    void wrongOlderKeysAreRefused() throws Exception {
        var key = base64(key().toJSONString());

        assertThatThrownBy(() -> SuiteKeys.parse(key, base64("{\"keys\":1}"))).hasMessageContaining("SUITE_OLDER_KEYS");
    }

    private static ECKey key() throws Exception {
        return new ECKeyGenerator(Curve.P_256).generate();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
