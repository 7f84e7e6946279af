package io.xiaoer.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import io.xiaoer.local.server.Secret;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The secrets are made once, kept from other people's eyes, and in the forms in which services read them.
class SecretsTest {
    @TempDir
    Path temporary;

    private Path directory = Path.of("");

    @BeforeEach
    void makeDirectory() throws Exception {
        directory = Files.createDirectory(temporary.resolve("secrets"));
    }

    @Test
    void aSecretIsTheSameAtTheNextStart() {
        var first = new Secrets(directory).redisPassword();
        assertThat(new Secrets(directory).redisPassword()).isEqualTo(first);
    }

    @Test
    void onlyTheirOwnerMayReadThem() throws Exception {
        new Secrets(directory).clients();
        new Secrets(directory).suiteSigningKey();
        try (var files = Files.list(directory)) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void aSecretPrintsRedacted() {
        var secret = new Secrets(directory).databasePassword();
        assertThat(secret.toString()).doesNotContain(secret.value());
    }

    @Test
    void everyClientHasItsOwnSecretAndShop() {
        var clients = JSON.parseArray(decoded(new Secrets(directory).clients()));
        var secrets = clients.stream()
                .map(client -> ((JSONObject) client).getString("client_secret"))
                .toList();
        assertThat(secrets).hasSize(9).doesNotHaveDuplicates();
        assertThat(((JSONObject) clients.getFirst()).getString("shop_id")).isEqualTo("1001");
    }

    @Test
    void theFieldKeysetIsReadAndUsedByTink() throws Exception {
        AeadConfig.register();
        var keyset = TinkJsonProtoKeysetFormat.parseKeyset(
                decoded(new Secrets(directory).fieldKeyset()), InsecureSecretKeyAccess.get());
        var aead = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
        var sealed = aead.encrypt("13800000000".getBytes(StandardCharsets.UTF_8), new byte[0]);
        assertThat(new String(aead.decrypt(sealed, new byte[0]), StandardCharsets.UTF_8))
                .isEqualTo("13800000000");
    }

    @Test
    void theKeysetOfWebhooksIsAnotherThanThatOfFields() {
        var secrets = new Secrets(directory);
        assertThat(secrets.webhookKeyset().value())
                .isEqualTo(new Secrets(directory).webhookKeyset().value())
                .isNotEqualTo(secrets.fieldKeyset().value());
    }

    @Test
    void theIdentitysKeySignsWhatItsPublicPartVerifies() throws Exception {
        var jwk = JSON.parseObject(decoded(new Secrets(directory).identitySigningKey()));
        var factory = KeyFactory.getInstance("RSA");
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(factory.generatePrivate(new RSAPrivateKeySpec(number(jwk, "n"), number(jwk, "d"))));
        var signed = signature.sign();
        signature.initVerify(factory.generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e"))));
        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void theCoordinatesOfTheSuitesKeyHaveTheirFullLength() {
        for (var attempt = 0; attempt < 300; attempt++) {
            var jwk = JSON.parseObject(decoded(new KeyMaterial().ecSigningKey()));
            assertThat(Base64.getUrlDecoder().decode(jwk.getString("x"))).hasSize(32);
            assertThat(Base64.getUrlDecoder().decode(jwk.getString("y"))).hasSize(32);
            assertThat(Base64.getUrlDecoder().decode(jwk.getString("d"))).hasSize(32);
        }
    }

    private static BigInteger number(JSONObject jwk, String field) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.getString(field)));
    }

    private static String decoded(Secret secret) {
        return new String(Base64.getDecoder().decode(secret.value()), StandardCharsets.UTF_8);
    }
}
