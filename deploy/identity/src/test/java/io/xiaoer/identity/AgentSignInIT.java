package io.xiaoer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An agent who signs in with a browser, and what is refused on the way.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class AgentSignInIT {
    private static final String CONSOLE = "http://localhost:8080/agent/callback";
    private static final String PASSWORD = UUID.randomUUID().toString();
    private static final String VERIFIER = "v".repeat(64);
    private static final JsonMapper JSON = new JsonMapper();

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    @Value("${local.server.port}")
    private int port;

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry registry) throws Exception {
        var key = new RSAKeyGenerator(2048).generate().toJSONString();
        var clients = """
                [{"client_id":"lin","client_secret":"%1$s","scopes":["agent"],"shop_id":"1001","name":"小林"},
                 {"client_id":"shop-1001","client_secret":"%1$s","scopes":["merchant"],"shop_id":"1001"}]""".formatted(PASSWORD);
        registry.add("IDENTITY_SIGNING_KEY", () -> base64(key));
        registry.add("IDENTITY_CLIENTS", () -> base64(clients));
        registry.add("IDENTITY_ISSUER", () -> "http://identity.test:9000");
        registry.add("IDENTITY_CONSOLE_REDIRECTS", () -> "http://localhost:8080/agent/," + CONSOLE);
        registry.add("SERVER_PORT", () -> "0");
        registry.add("MANAGEMENT_PORT", () -> "0");
    }

    @Test
    void anAgentSignsInAndTheConsoleGetsTheirToken() throws Exception {
        var asked = get(authorize(""));
        assertThat(asked.statusCode()).isEqualTo(302);
        assertThat(location(asked)).endsWith("/login");

        var signed = signIn("lin", PASSWORD);
        assertThat(signed.statusCode()).as(location(signed)).isEqualTo(302);
        var back = get(location(signed));
        assertThat(back.statusCode()).isEqualTo(302);
        assertThat(location(back)).startsWith(CONSOLE + "?").contains("state=s1");

        var answer = exchange(code(back), VERIFIER);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var claims =
                SignedJWT.parse(json(answer).get("access_token").asString()).getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo("lin");
        assertThat(claims.getStringClaim("shop_id")).isEqualTo("1001");
        assertThat(claims.getStringClaim("scope")).isEqualTo("agent");
        assertThat(claims.getStringClaim("name")).isEqualTo("小林");
        assertThat(claims.getStringClaim("client_id")).isEqualTo("agent-console");
        assertThat(claims.getAudience()).containsExactly("xiaoer");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("http://localhost:8080");
        assertThat(json(answer).has("refresh_token")).isFalse();
    }

    @Test
    void whoIsSignedInIsNotAskedAgainUntilTheySignOut() throws Exception {
        get(authorize(""));
        get(location(signIn("lin", PASSWORD)));

        assertThat(location(get(authorize("")))).startsWith(CONSOLE);
        assertThat(location(get("/logout"))).endsWith("/login?out");
        assertThat(location(get(authorize("")))).endsWith("/login");
    }

    @Test
    void aCodeIsGoodOnceAndForItsOwnVerifierAlone() throws Exception {
        get(authorize(""));
        var back = get(location(signIn("lin", PASSWORD)));
        assertThat(json(exchange(code(back), "w".repeat(64))).get("error").asString())
                .isEqualTo("invalid_grant");
        var fresh = code(get(authorize("")));
        assertThat(exchange(fresh, VERIFIER).statusCode()).isEqualTo(200);
        assertThat(json(exchange(fresh, VERIFIER)).get("error").asString()).isEqualTo("invalid_grant");
    }

    @Test
    void withoutPkceOrToAnotherAddressNothingIsGiven() throws Exception {
        get(authorize(""));
        signIn("lin", PASSWORD);

        var noChallenge = get("/oauth2/authorize?response_type=code&client_id=agent-console&state=s1&redirect_uri="
                + encoded(CONSOLE));
        assertThat(location(noChallenge)).startsWith(CONSOLE).contains("error=invalid_request", "state=s1");
        var plain = get(authorize("").replace("S256", "plain"));
        assertThat(location(plain)).contains("error=invalid_request");
        for (String other : new String[] {"https://evil.example/", CONSOLE + "/x", "http://localhost:8081/agent/"}) {
            var foreign = get(authorize("").replace(encoded(CONSOLE), encoded(other)));
            assertThat(foreign.statusCode()).as(other).isEqualTo(400);
            assertThat(foreign.headers().firstValue("Location")).isEmpty();
            assertThat(json(foreign).get("error").asString()).isEqualTo("invalid_request");
            assertThat(json(foreign).get("error_description").asString()).contains("redirect_uri");
        }
        assertThat(location(get(authorize("&scope=ops")))).contains("error=invalid_scope");
        var unknown = get(authorize("").replace("agent-console", "shop-1001"));
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(json(unknown).has("error_description")).isTrue();
    }

    @Test
    void whoIsNoAgentOrHasAnotherPasswordDoesNotGetIn() throws Exception {
        get(authorize(""));
        assertThat(location(signIn("lin", "wrong"))).endsWith("/login?error");
        assertThat(location(signIn("nobody", PASSWORD))).endsWith("/login?error");
        assertThat(location(signIn("shop-1001", PASSWORD))).endsWith("/login?error");
        assertThat(location(signIn("agent-console", ""))).endsWith("/login?error");
        assertThat(get("/login?error").body()).contains("账号或密码不正确");
        assertThat(location(get(authorize("")))).endsWith("/login");
        for (int i = 0; i < 20; i++) {
            signIn("guessed", "wrong" + i);
        }
        assertThat(location(signIn("guessed", "wrong"))).endsWith("/login?wait");
    }

    @Test
    void thePageSpeaksTheBrowsersLanguageAndRunsNoScript() throws Exception {
        var page = get("/login?error=%3Cscript%3E");
        var policy = page.headers().firstValue("Content-Security-Policy").orElse("");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("客服登录").doesNotContain("<script");
        assertThat(policy)
                .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self' http://localhost:8080");
        assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        var english = browser.send(
                HttpRequest.newBuilder(URI.create(base() + "/login"))
                        .header("Accept-Language", "en-GB")
                        .build(),
                BodyHandlers.ofString());
        assertThat(english.body()).contains("Agent sign-in");
    }

    @Test
    void aFormOfAnotherSiteDoesNotSignAnybodyIn() throws Exception {
        var forged = post("/login", "username=lin&password=" + PASSWORD);

        assertThat(forged.statusCode()).isEqualTo(403);
    }

    @Test
    void aBrowserOfAnotherOriginIsGivenNoCorsHeaders() throws Exception {
        for (String origin : new String[] {"http://localhost:8080", "https://evil.example"}) {
            var answer = browser.send(
                    HttpRequest.newBuilder(URI.create(base() + "/oauth2/token"))
                            .method("OPTIONS", BodyPublishers.noBody())
                            .header("Origin", origin)
                            .header("Access-Control-Request-Method", "POST")
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.headers()
                            .firstValue("Access-Control-Allow-Origin")
                            .isPresent())
                    .as(origin)
                    .isEqualTo(origin.equals("http://localhost:8080"));
        }
    }

    private String base() {
        return "http://localhost:" + port;
    }

    private static String authorize(String more) throws Exception {
        var challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        return "/oauth2/authorize?response_type=code&client_id=agent-console&state=s1&redirect_uri=" + encoded(CONSOLE)
                + "&code_challenge_method=S256&code_challenge=" + challenge + more;
    }

    private HttpResponse<String> signIn(String name, String password) throws Exception {
        var page = get("/login").body();
        var token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).isTrue();
        return post(
                "/login",
                "username=" + encoded(name) + "&password=" + encoded(password) + "&_csrf=" + encoded(token.group(1)));
    }

    private HttpResponse<String> exchange(String code, String verifier) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(base() + "/oauth2/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Origin", "http://localhost:8080")
                                .POST(BodyPublishers.ofString(
                                        "grant_type=authorization_code&client_id=agent-console&code=" + encoded(code)
                                                + "&redirect_uri=" + encoded(CONSOLE) + "&code_verifier=" + verifier))
                                .build(),
                        BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create(base() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String target) throws Exception {
        var uri = target.startsWith("http") ? URI.create(target) : URI.create(base() + target);
        return browser.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static String code(HttpResponse<String> answer) {
        var code = Pattern.compile("[?&]code=([^&]+)").matcher(location(answer));
        assertThat(code.find()).as(location(answer)).isTrue();
        return URLDecoder.decode(code.group(1), StandardCharsets.UTF_8);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse(answer.statusCode() + " " + answer.body());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
