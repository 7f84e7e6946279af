package io.xiaoer.common.crypto;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/// How the transit engine of HashiCorp Vault is reached. What is not needed is empty.
///
/// @param address   `https://vault.example:8200`; plain http for a loopback address alone
/// @param namespace of Vault Enterprise
/// @param mount     where the transit engine is mounted
/// @param key       the name of the key in it
/// @param token     a token of its own; else `roleId` and `secretId`
/// @param appRole   where the AppRole method is mounted
/// @param roleId    of the AppRole
/// @param secretId  of the AppRole
/// @param timeout   of one request
public record VaultSettings(
        URI address,
        String namespace,
        String mount,
        String key,
        String token,
        String appRole,
        String roleId,
        String secretId,
        Duration timeout) {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /// @throws IllegalArgumentException that names the setting and its rule, never a secret
    public VaultSettings {
        boolean safe = "https".equals(address.getScheme())
                || "http".equals(address.getScheme()) && LOOPBACK.contains(String.valueOf(address.getHost()));
        require(safe, "VAULT_ADDR must be an https address, or http on loopback");
        require(isPath(mount), "VAULT_TRANSIT_MOUNT must be a path of letters, digits, - and _");
        require(isPath(key) && !key.contains("/"), "VAULT_TRANSIT_KEY must be a name of letters, digits, - and _");
        require(isPath(appRole), "VAULT_APPROLE_MOUNT must be a path of letters, digits, - and _");
        boolean role = !roleId.isEmpty() && !secretId.isEmpty();
        require(!token.isEmpty() || role, "VAULT_TOKEN, or VAULT_ROLE_ID and VAULT_SECRET_ID, must be given");
        require(
                timeout.isPositive() && timeout.compareTo(LONGEST) <= 0,
                "VAULT_TIMEOUT must be above 0 and at most 10 s");
    }

    private static boolean isPath(String text) {
        return text.matches("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    @Override
    public String toString() {
        return "VaultSettings[address=" + address + ", mount=" + mount + ", key=" + key + ", redacted]";
    }
}
