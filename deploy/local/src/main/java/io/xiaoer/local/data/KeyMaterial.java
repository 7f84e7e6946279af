package io.xiaoer.local.data;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.local.server.Secret;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/// Makes passwords and keys in the forms in which the services read them.
public final class KeyMaterial {
    private static final int PASSWORD_BYTES = 24;
    private static final int UUID_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int EC_BYTES = 32;
    private static final int RSA_BITS = 2048;

    /// The protobuf header of a Tink AesGcmKey: field 3 (key_value), 32 bytes.
    private static final byte[] AES_GCM_KEY_HEADER = {0x1a, KEY_BYTES};

    private final SecureRandom random = new SecureRandom();

    /// Letters, digits, `-` and `_`, so that it needs quoting nowhere.
    public Secret password() {
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(PASSWORD_BYTES)));
    }

    /// A cluster id as Kafka wants it: 16 bytes in base64url that do not begin like an option of a command.
    public String clusterId() {
        var id = base64Url(bytes(UUID_BYTES));
        return id.startsWith("-") ? "x" + id.substring(1) : id;
    }

    /// 32 bytes in base64.
    public Secret key() {
        return new Secret(Base64.getEncoder().encodeToString(bytes(KEY_BYTES)));
    }

    /// A Tink AEAD keyset with one AES-256-GCM key, its JSON in base64.
    public Secret aeadKeyset() {
        var value = ByteBuffer.allocate(AES_GCM_KEY_HEADER.length + KEY_BYTES)
                .put(AES_GCM_KEY_HEADER)
                .put(bytes(KEY_BYTES))
                .array();
        var id = random.nextInt(1, Integer.MAX_VALUE);
        var data = JSONObject.of(
                "typeUrl", "type.googleapis.com/google.crypto.tink.AesGcmKey",
                "value", Base64.getEncoder().encodeToString(value),
                "keyMaterialType", "SYMMETRIC");
        var key = JSONObject.of("keyData", data, "status", "ENABLED", "keyId", id, "outputPrefixType", "TINK");
        return encoded(JSONObject.of("primaryKeyId", id, "key", JSONArray.of(key)));
    }

    /// A private RSA JWK for RS256, its JSON in base64.
    public Secret rsaSigningKey() {
        var generator = generator("RSA");
        generator.initialize(RSA_BITS, random);
        var key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
        var jwk = jwk("RSA", "RS256")
                .fluentPut("n", integer(key.getModulus()))
                .fluentPut("e", integer(key.getPublicExponent()))
                .fluentPut("d", integer(key.getPrivateExponent()))
                .fluentPut("p", integer(key.getPrimeP()))
                .fluentPut("q", integer(key.getPrimeQ()))
                .fluentPut("dp", integer(key.getPrimeExponentP()))
                .fluentPut("dq", integer(key.getPrimeExponentQ()))
                .fluentPut("qi", integer(key.getCrtCoefficient()));
        return encoded(jwk);
    }

    /// A private EC P-256 JWK for ES256, its JSON in base64.
    public Secret ecSigningKey() {
        var generator = generator("EC");
        try {
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no curve P-256", e);
        }
        var pair = generator.generateKeyPair();
        var point = ((ECPublicKey) pair.getPublic()).getW();
        var jwk = jwk("EC", "ES256")
                .fluentPut("crv", "P-256")
                .fluentPut("x", coordinate(point.getAffineX()))
                .fluentPut("y", coordinate(point.getAffineY()))
                .fluentPut("d", coordinate(((ECPrivateKey) pair.getPrivate()).getS()));
        return encoded(jwk);
    }

    private JSONObject jwk(String type, String algorithm) {
        return JSONObject.of(
                "kty", type, "use", "sig", "alg", algorithm, "kid", password().value());
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static KeyPairGenerator generator(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK makes no keys for " + algorithm, e);
        }
    }

    private static Secret encoded(JSONObject json) {
        return new Secret(Base64.getEncoder().encodeToString(json.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String integer(BigInteger number) {
        var bytes = number.toByteArray();
        var start = bytes[0] == 0 && bytes.length > 1 ? 1 : 0;
        return base64Url(Arrays.copyOfRange(bytes, start, bytes.length));
    }

    /// A coordinate has a fixed length, with zeros in front.
    private static String coordinate(BigInteger number) {
        var bytes = number.toByteArray();
        var fixed = new byte[EC_BYTES];
        var length = Math.min(bytes.length, EC_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, EC_BYTES - length, length);
        return base64Url(fixed);
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
