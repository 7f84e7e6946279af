package io.xiaoer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The server as a client sees it, over HTTP.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class IdentityIT {
    private static final String ISSUER = "http://identity.test:9000";
    private static final String MERCHANT_SECRET = secret();
    private static final String DESK_SECRET = secret();
    private static final String AGENT_SECRET = secret();
    private static final String OPS_SECRET = secret();
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    @Value("${local.server.port}")
    private int port;

    @Value("${local.management.port}")
    private int managementPort;

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry registry) throws Exception {
        var key = new RSAKeyGenerator(2048).generate().toJSONString();
        var clients = """
                [{"client_id":"shop-1001","client_secret":"%s","scopes":["merchant"],"shop_id":"1001"},
                 {"client_id":"desk-1001","client_secret":"%s","scopes":["merchant","unmask"],"shop_id":"1001"},
                 {"client_id":"agent-lin","client_secret":"%s","scopes":["agent","merchant"],"shop_id":"1001","name":"小林"},
                 {"client_id":"ops","client_secret":"%s","scopes":["ops"]}]""".formatted(MERCHANT_SECRET, DESK_SECRET, AGENT_SECRET, OPS_SECRET);
        registry.add("IDENTITY_SIGNING_KEY", () -> base64(key));
        registry.add("IDENTITY_CLIENTS", () -> base64(clients));
        registry.add("IDENTITY_ISSUER", () -> ISSUER);
        registry.add("SERVER_PORT", () -> "0");
        registry.add("MANAGEMENT_PORT", () -> "0");
    }

    @Test
    void aTokenCarriesTheClaimsOfRfc9068() throws Exception {
        var answer = token("shop-1001", MERCHANT_SECRET, "grant_type=client_credentials");

        assertThat(answer.statusCode()).isEqualTo(200);
        var jwt = SignedJWT.parse(json(answer).get("access_token").asString());
        var claims = jwt.getJWTClaimsSet();
        assertThat(jwt.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(claims.getIssuer()).isEqualTo(ISSUER);
        assertThat(claims.getSubject()).isEqualTo("shop-1001");
        assertThat(claims.getAudience()).containsExactly("xiaoer");
        assertThat(claims.getStringClaim("client_id")).isEqualTo("shop-1001");
        assertThat(claims.getStringClaim("scope")).isEqualTo("merchant");
        assertThat(claims.getStringClaim("shop_id")).isEqualTo("1001");
        assertThat(claims.getJWTID()).isNotBlank();
        assertThat(claims.getNotBeforeTime()).isNotNull();
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void theKeySetVerifiesTheTokenAndHoldsNoPrivatePart() throws Exception {
        var keys = get("/oauth2/jwks").body();
        var jwt = SignedJWT.parse(json(token("ops", OPS_SECRET, "grant_type=client_credentials"))
                .get("access_token")
                .asString());

        var key = JWKSet.parse(keys).getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey();
        JWSVerifier verifier = new RSASSAVerifier(key);
        assertThat(jwt.verify(verifier)).isTrue();
        assertThat(key.isPrivate()).isFalse();
    }

    @Test
    void whoAsksForNoScopeIsGivenAllThatTheClientHas() throws Exception {
        var answer = json(token("agent-lin", AGENT_SECRET, "grant_type=client_credentials"));

        assertThat(answer.get("scope").asString().split(" ")).containsExactlyInAnyOrder("agent", "merchant");
        var claims = SignedJWT.parse(answer.get("access_token").asString()).getJWTClaimsSet();
        assertThat(claims.getStringClaim("scope")).isEqualTo("agent merchant");
        assertThat(claims.getStringClaim("name")).isEqualTo("小林");
    }

    @Test
    void whoAsksForOneScopeIsGivenThatOne() throws Exception {
        var answer = json(token("agent-lin", AGENT_SECRET, "grant_type=client_credentials&scope=agent"));

        assertThat(answer.get("scope").asString()).isEqualTo("agent");
    }

    @Test
    void aScopeTheClientDoesNotHaveIsRefused() throws Exception {
        var answer = token("shop-1001", MERCHANT_SECRET, "grant_type=client_credentials&scope=internal");

        assertRefused(answer, 400, "invalid_scope");
    }

    @Test
    void whoIsListedWithItAloneIsGivenTheScopeThatShowsPersonalData() throws Exception {
        var desk = json(token("desk-1001", DESK_SECRET, "grant_type=client_credentials"));
        assertThat(desk.get("scope").asString().split(" ")).containsExactlyInAnyOrder("merchant", "unmask");

        var shop = json(token("shop-1001", MERCHANT_SECRET, "grant_type=client_credentials"));
        assertThat(shop.get("scope").asString()).isEqualTo("merchant");
        assertRefused(
                token("shop-1001", MERCHANT_SECRET, "grant_type=client_credentials&scope=unmask"),
                400,
                "invalid_scope");
    }

    @Test
    void anOperatorsTokenIsBoundToNoShop() throws Exception {
        var answer = json(token("ops", OPS_SECRET, "grant_type=client_credentials"));

        var claims = SignedJWT.parse(answer.get("access_token").asString()).getJWTClaimsSet();
        assertThat(claims.getClaim("shop_id")).isNull();
    }

    @Test
    void anUnknownClientIsRefused() throws Exception {
        assertRefused(token("nobody", secret(), "grant_type=client_credentials"), 401, "invalid_client");
    }

    @Test
    void aWrongSecretIsRefused() throws Exception {
        assertRefused(token("shop-1001", OPS_SECRET, "grant_type=client_credentials"), 401, "invalid_client");
    }

    @Test
    void aCallWithoutCredentialsIsRefused() throws Exception {
        assertRefused(post("grant_type=client_credentials", null), 401, "invalid_client");
    }

    @Test
    void aSecretInTheBodyIsRefused() throws Exception {
        var answer = post(
                "grant_type=client_credentials&client_id=ops&client_secret="
                        + URLEncoder.encode(OPS_SECRET, StandardCharsets.UTF_8),
                null);

        assertRefused(answer, 401, "invalid_client");
    }

    @Test
    void anotherGrantIsRefused() throws Exception {
        assertRefused(
                token("ops", OPS_SECRET, "grant_type=password&username=a&password=b"), 400, "unsupported_grant_type");
    }

    @Test
    void aMissingGrantIsRefused() throws Exception {
        assertRefused(token("ops", OPS_SECRET, "scope=ops"), 400, "invalid_request");
    }

    @Test
    void aBrokenHeaderIsRefused() throws Exception {
        var answer = post("grant_type=client_credentials", "Basic !!!");

        assertThat(answer.statusCode()).isIn(400, 401);
        assertThat(json(answer).get("error").asString()).isNotBlank();
    }

    @Test
    void aGetOfTheTokenAddressIsNotAllowed() throws Exception {
        assertThat(get("/oauth2/token").statusCode()).isEqualTo(405);
    }

    @Test
    void noCallLeavesASessionBehind() throws Exception {
        for (var method : List.of("POST", "PUT", "DELETE")) {
            for (var path : List.of("/oauth2/token", "/oauth2/jwks", "/anything")) {
                var answer = http.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .method(method, BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
                assertThat(answer.headers().firstValue("Set-Cookie"))
                        .as(method + path)
                        .isEmpty();
                assertThat(answer.statusCode()).as(method + path).isIn(400, 401, 404, 405);
            }
        }
    }

    @Test
    void bothDiscoveryDocumentsNameTheIssuerAndItsKeys() throws Exception {
        for (var path : List.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")) {
            var document = json(get(path));
            assertThat(document.get("issuer").asString()).isEqualTo(ISSUER);
            assertThat(document.get("jwks_uri").asString()).isEqualTo(ISSUER + "/oauth2/jwks");
            assertThat(document.get("token_endpoint").asString()).isEqualTo(ISSUER + "/oauth2/token");
            assertThat(document.get("scopes_supported"))
                    .extracting(scope -> scope.asString())
                    .containsExactlyInAnyOrder("merchant", "agent", "unmask", "ops");
        }
    }

    @Test
    void everyOtherAddressIsNotFound() throws Exception {
        for (var path : List.of("/", "/oauth2/introspect", "/userinfo", "/actuator/health")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void anotherOriginIsGivenNoCorsHeaders() throws Exception {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/oauth2/jwks"))
                        .header("Origin", "https://evil.example")
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void healthStandsOnThePortOfItsOwn() throws Exception {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/actuator/health/readiness"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("UP").doesNotContain("components");
    }

    @Test
    void whoFailsTooOftenIsToldToWaitAndOthersAreNot() throws Exception {
        for (int i = 0; i < 20; i++) {
            token("guessed", secret(), "grant_type=client_credentials");
        }

        var stopped = token("guessed", secret(), "grant_type=client_credentials");

        assertThat(stopped.statusCode()).isEqualTo(429);
        assertThat(stopped.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
        assertThat(token("ops", OPS_SECRET, "grant_type=client_credentials").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aClientWhoseIdIsWrittenInManyWaysIsOne() throws Exception {
        var id = "spelled";
        for (int i = 0; i < 20; i++) {
            token(spelling(id, i), secret(), "grant_type=client_credentials");
        }

        for (var spelled : List.of(id, spelling(id, 21), "%73%70%65%6C%6C%65%64", "%73%70%65%6c%6c%65%64")) {
            assertThat(token(spelled, secret(), "grant_type=client_credentials").statusCode())
                    .as(spelled)
                    .isEqualTo(429);
        }
    }

    /// The id with some of its characters percent-encoded, as the bits of a number say.
    private static String spelling(String id, int number) {
        return IntStream.range(0, id.length())
                .mapToObj(at ->
                        (number >> at & 1) == 0 ? id.substring(at, at + 1) : "%%%02x".formatted((int) id.charAt(at)))
                .collect(Collectors.joining());
    }

    private void assertRefused(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(json(answer).get("error").asString()).isEqualTo(error);
    }

    private HttpResponse<String> token(String client, String secret, String form) throws Exception {
        return post(form, "Basic " + base64(client + ":" + secret));
    }

    private HttpResponse<String> post(String form, @org.jspecify.annotations.Nullable String authorization)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String secret() {
        return UUID.randomUUID().toString();
    }
}
