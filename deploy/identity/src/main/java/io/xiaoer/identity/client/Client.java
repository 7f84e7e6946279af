package io.xiaoer.identity.client;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One client: a shop's backend, an agent or an operator. `unmask` is given to nobody who is not listed with it.
///
/// @param shopId the shop its tokens are bound to; null for operators alone
/// @param name what people are shown, for agents
public record Client(
        String clientId,
        String secret,
        Set<String> scopes,
        @Nullable String shopId,
        @Nullable String name) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    // HTTP Basic of OAuth 2 percent-decodes what it gets, and few clients encode; so neither stands in a secret.
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e&&[^%+]]{16,256}");
    private static final Pattern SHOP = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,64}");
    private static final Set<String> SCOPES = Set.of("merchant", "agent", "unmask", "ops");

    public Client {
        require(ID.matcher(clientId).matches(), "client_id", "1 to 64 of A-Z a-z 0-9 . _ -");
        require(
                SECRET.matcher(secret).matches(),
                "client_secret",
                "16 to 256 printable ASCII characters without space, % and +");
        require(
                !scopes.isEmpty() && SCOPES.containsAll(scopes),
                "scopes",
                "one or more of merchant, agent, unmask, ops");
        require(shopId == null || SHOP.matcher(shopId).matches(), "shop_id", "1 to 32 of a-z 0-9 -");
        require(shopId != null || scopes.equals(Set.of("ops")), "shop_id", "present unless the only scope is ops");
        require(name == null || NAME.matcher(name).matches(), "name", "1 to 64 characters, no control characters");
        scopes = Set.copyOf(scopes);
    }

    private static void require(boolean holds, String field, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(field + " must be " + rule);
        }
    }

    /// Leaves out the secret.
    @Override
    public String toString() {
        return "Client[" + clientId + ", " + scopes + ", " + shopId + "]";
    }
}
