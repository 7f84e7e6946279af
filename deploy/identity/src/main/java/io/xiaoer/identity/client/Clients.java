package io.xiaoer.identity.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/// The clients in the form the authorization server asks for; read only.
public final class Clients implements RegisteredClientRepository {
    public static final String SHOP_ID = "xiaoer.shop_id";
    public static final String NAME = "xiaoer.name";

    private static final String AGENT = "agent";

    private final Map<String, RegisteredClient> byId;

    /// @param others clients that are not in the list
    public Clients(List<Client> clients, List<RegisteredClient> others, SecretHash hash, Duration tokenTtl) {
        var map = new HashMap<String, RegisteredClient>();
        others.forEach(client -> map.put(client.getClientId(), client));
        clients.forEach(client -> map.put(client.clientId(), registered(client, hash, tokenTtl)));
        this.byId = Map.copyOf(map);
    }

    private static RegisteredClient registered(Client client, SecretHash hash, Duration tokenTtl) {
        var settings = ClientSettings.builder();
        if (client.shopId() != null) {
            settings.setting(SHOP_ID, client.shopId());
        }
        if (client.name() != null) {
            settings.setting(NAME, client.name());
        }
        return RegisteredClient.withId(client.clientId())
                .clientId(client.clientId())
                .clientSecret(requireNonNull(hash.encode(client.secret())))
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> scopes.addAll(client.scopes()))
                .clientSettings(settings.build())
                .tokenSettings(
                        TokenSettings.builder().accessTokenTimeToLive(tokenTtl).build())
                .build();
    }

    /// The agent of this name, null if there is none.
    public @Nullable RegisteredClient agent(String name) {
        var client = byId.get(name);
        return client != null && client.getScopes().contains(AGENT) && client.getClientSecret() != null ? client : null;
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("clients come from the surroundings alone");
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return byId.get(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        return byId.get(clientId);
    }
}
