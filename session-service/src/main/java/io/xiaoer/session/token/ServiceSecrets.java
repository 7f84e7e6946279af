package io.xiaoer.session.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which services there are and what each proves itself with, kept as hashes and compared in constant time.
final class ServiceSecrets {
    static final Set<String> SERVICES =
            Set.of("session-service", "bot-service", "order-sync-service", "compensation-service");
    private static final String BASIC = "Basic ";
    private static final int SHORTEST = 16;
    private static final byte[] NOBODY = new byte[32];

    private final Map<String, byte[]> hashes;

    private ServiceSecrets(Map<String, byte[]> hashes) {
        this.hashes = Map.copyOf(hashes);
    }

    /// @throws IllegalArgumentException naming the variable and the rule, never a value
    static ServiceSecrets parse(String pairs) {
        var hashes = new HashMap<String, byte[]>();
        for (var pair : pairs.split(",", -1)) {
            var equals = pair.indexOf('=');
            var service = equals < 0 ? "" : pair.substring(0, equals).strip();
            var secret = pair.substring(equals + 1).strip();
            if (!SERVICES.contains(service) || secret.length() < SHORTEST) {
                throw new IllegalArgumentException("xiaoer.token.service-secrets (SERVICE_SECRETS) must be "
                        + "service=secret pairs, separated by commas: services of " + SERVICES + ", secrets of "
                        + SHORTEST + " characters or more");
            }
            hashes.put(service, hash(secret));
        }
        return new ServiceSecrets(hashes);
    }

    /// The service that this `Authorization` header proves, empty if it proves none.
    Optional<String> prove(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        try {
            var decoded = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            var pair = new String(decoded, StandardCharsets.UTF_8);
            var colon = pair.indexOf(':');
            var service = pair.substring(0, Math.max(0, colon));
            var matches = MessageDigest.isEqual(hashes.getOrDefault(service, NOBODY), hash(pair.substring(colon + 1)));
            return matches ? Optional.of(service) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
