package io.xiaoer.identity.access;

import io.xiaoer.identity.IdentityProperties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tells what this server can do (RFC 8414, OpenID Connect Discovery) and nothing that it cannot.
@RestController
final class Discovery {
    private final Map<String, Object> document;

    Discovery(IdentityProperties properties) {
        var issuer = properties.issuer();
        var facts = new LinkedHashMap<String, Object>();
        facts.put("issuer", issuer);
        facts.put("authorization_endpoint", issuer + "/oauth2/authorize");
        facts.put("token_endpoint", issuer + "/oauth2/token");
        facts.put("jwks_uri", issuer + "/oauth2/jwks");
        facts.put("grant_types_supported", List.of("client_credentials", "authorization_code"));
        facts.put("token_endpoint_auth_methods_supported", List.of("client_secret_basic", "none"));
        facts.put("scopes_supported", List.of("merchant", "agent", "unmask", "ops"));
        facts.put("response_types_supported", List.of("code"));
        facts.put("response_modes_supported", List.of("query"));
        facts.put("code_challenge_methods_supported", List.of("S256"));
        facts.put("subject_types_supported", List.of("public"));
        facts.put("id_token_signing_alg_values_supported", List.of("RS256"));
        this.document = Map.copyOf(facts);
    }

    @GetMapping({"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"})
    Map<String, Object> document() {
        return document;
    }
}
