package io.xiaoer.identity.token;

import io.xiaoer.identity.client.Clients;
import java.util.List;
import java.util.TreeSet;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/// Gives an access token its RFC 9068 form: type `at+jwt`, audience `xiaoer`, `client_id`, `scope` as one string,
/// the shop it is bound to.
///
/// A token that was made for a client by a person who signed in carries the person's shop and name.
public final class AccessTokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {
    private static final String AUDIENCE = "xiaoer";

    private final Clients clients;

    public AccessTokenClaims(Clients clients) {
        this.clients = clients;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        var client = context.getRegisteredClient();
        var principal = context.getPrincipal();
        var person = principal != null
                        && AuthorizationGrantType.AUTHORIZATION_CODE.equals(context.getAuthorizationGrantType())
                ? clients.agent(principal.getName())
                : null;
        var subject = person == null ? client : person;
        context.getJwsHeader().type("at+jwt");
        context.getClaims()
                .audience(List.of(AUDIENCE))
                .claim("client_id", client.getClientId())
                .claim("scope", String.join(" ", new TreeSet<>(context.getAuthorizedScopes())));
        String shop = subject.getClientSettings().getSetting(Clients.SHOP_ID);
        if (shop != null) {
            context.getClaims().claim("shop_id", shop);
        }
        String name = subject.getClientSettings().getSetting(Clients.NAME);
        if (name != null) {
            context.getClaims().claim("name", name);
        }
    }
}
