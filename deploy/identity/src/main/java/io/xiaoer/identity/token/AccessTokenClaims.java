package io.xiaoer.identity.token;

import io.xiaoer.identity.client.Clients;
import java.util.List;
import java.util.TreeSet;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/// Gives an access token its RFC 9068 form: type `at+jwt`, audience `xiaoer`, `client_id`, `scope` as one string,
/// the shop it is bound to.
public final class AccessTokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {
    private static final String AUDIENCE = "xiaoer";

    @Override
    public void customize(JwtEncodingContext context) {
        var client = context.getRegisteredClient();
        context.getJwsHeader().type("at+jwt");
        context.getClaims()
                .audience(List.of(AUDIENCE))
                .claim("client_id", client.getClientId())
                .claim("scope", String.join(" ", new TreeSet<>(context.getAuthorizedScopes())));
        String shop = client.getClientSettings().getSetting(Clients.SHOP_ID);
        if (shop != null) {
            context.getClaims().claim("shop_id", shop);
        }
        String name = client.getClientSettings().getSetting(Clients.NAME);
        if (name != null) {
            context.getClaims().claim("name", name);
        }
    }
}
