package io.xiaoer.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The key service over a real server that speaks Vault's HTTP form.
class VaultTransitTest {

    private static final byte[] KEYSET = {0, 1, 2, (byte) 0xff, 10, 13};

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch hold = new CountDownLatch(1);
    private volatile String valid = "s.first";
    private volatile int broken;
    private volatile @Nullable String nonsense;
    private volatile boolean slow;
    private Duration patience = Duration.ofSeconds(10);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/", this::answer);
        server.setExecutor(Runnable::run);
        server.start();
    }

    @AfterEach
    void stop() {
        hold.countDown();
        server.stop(0);
    }

    @Test
    void whatWasWrappedIsUnwrapped() {
        var vault = withToken("s.first");

        var wrapped = vault.wrap(KEYSET);

        assertThat(new String(wrapped, StandardCharsets.US_ASCII)).startsWith("vault:v1:");
        assertThat(vault.unwrap(wrapped)).isEqualTo(KEYSET);
        assertThat(asked)
                .containsExactly(
                        "/v1/transit/encrypt/xiaoer-fields s.first ns/team",
                        "/v1/transit/decrypt/xiaoer-fields s.first ns/team");
    }

    @Test
    void anAppRoleSignsInOnceAndAgainWhenItsTokenIsOver() {
        var vault = withRole("role", "secret");

        var wrapped = vault.wrap(KEYSET);
        vault.unwrap(wrapped);
        valid = "s.second";
        assertThat(vault.unwrap(wrapped)).isEqualTo(KEYSET);

        assertThat(asked.stream().filter(call -> call.contains("/auth/approle/login")))
                .hasSize(2);
    }

    @Test
    void aRoleThatIsRefusedIsUnavailable() {
        assertThatThrownBy(() -> withRole("role", "wrong").wrap(KEYSET))
                .isInstanceOf(KeysUnavailable.class)
                .hasMessageContaining("400 to login");
    }

    @Test
    void aTokenThatIsRefusedIsUnavailableAndNotRepeated() {
        assertThatThrownBy(() -> withToken("s.other").wrap(KEYSET))
                .isInstanceOf(KeysUnavailable.class)
                .hasMessageContaining("403")
                .hasMessageNotContaining("s.other");
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"503,sealed", "404,mount", "400,400", "429,429", "500,500"})
    void aServiceThatRefusesIsUnavailableWithAReason(int status, String reason) {
        broken = status;
        assertThatThrownBy(() -> withToken("s.first").unwrap("vault:v1:x".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(KeysUnavailable.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "null", "[]", "{}", "{\"data\":{}}", "{\"data\":{\"plaintext\":\"%%\"}}"})
    void anAnswerThatIsNoneIsUnavailable(String body) {
        nonsense = body;
        assertThatThrownBy(() -> withToken("s.first").unwrap("vault:v1:x".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void aServiceThatHangsIsUnavailableInTime() {
        slow = true;
        patience = Duration.ofMillis(500);
        assertThatThrownBy(() -> withToken("s.first").wrap(KEYSET)).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void aServiceThatIsNotThereIsUnavailable() {
        var vault = withToken("s.first");
        server.stop(0);
        assertThatThrownBy(() -> vault.wrap(KEYSET)).isInstanceOf(KeysUnavailable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "http://vault.example:8200,transit,xiaoer-fields,t,VAULT_ADDR",
        "ftp://vault.example,transit,xiaoer-fields,t,VAULT_ADDR",
        "https://vault.example,../sys,xiaoer-fields,t,VAULT_TRANSIT_MOUNT",
        "https://vault.example,transit,a/b,t,VAULT_TRANSIT_KEY",
        "https://vault.example,transit,xiaoer-fields,'',VAULT_TOKEN"
    })
    void aSettingThatBreaksItsRuleIsNamed(String address, String mount, String key, String token, String named) {
        assertThatThrownBy(() -> new VaultSettings(
                        URI.create(address), "", mount, key, token, "approle", "", "", Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(named);
    }

    private VaultTransit withToken(String token) {
        return vault(token, "", "");
    }

    private VaultTransit withRole(String role, String secret) {
        return vault("", role, secret);
    }

    private VaultTransit vault(String token, String role, String secret) {
        var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new VaultTransit(new VaultSettings(
                address, "ns/team", "transit", "xiaoer-fields", token, "approle", role, secret, patience));
    }

    private void answer(HttpExchange call) throws IOException {
        var headers = call.getRequestHeaders();
        var path = call.getRequestURI().getPath();
        asked.add(path + " " + headers.getFirst("X-Vault-Token") + " " + headers.getFirst("X-Vault-Namespace"));
        var body = JSON.parseObject(call.getRequestBody().readAllBytes());
        var answered = nonsense;
        if (slow) {
            await();
        }
        if (broken != 0) {
            send(call, broken, "{\"errors\":[\"Vault is sealed\"]}");
        } else if (answered != null) {
            send(call, 200, answered);
        } else if (path.equals("/v1/auth/approle/login")) {
            boolean known = "secret".equals(body.getString("secret_id"));
            send(
                    call,
                    known ? 200 : 400,
                    known
                            ? JSONObject.of("auth", JSONObject.of("client_token", valid, "lease_duration", 3600))
                                    .toString()
                            : "{\"errors\":[\"invalid role or secret ID\"]}");
        } else if (!valid.equals(headers.getFirst("X-Vault-Token"))) {
            send(call, 403, "{\"errors\":[\"permission denied\"]}");
        } else {
            send(call, 200, JSONObject.of("data", transit(path, body)).toString());
        }
    }

    /// Turned round instead of encrypted.
    private static JSONObject transit(String path, JSONObject body) {
        if (path.equals("/v1/transit/encrypt/xiaoer-fields")) {
            var plain = Base64.getDecoder().decode(body.getString("plaintext"));
            return JSONObject.of("ciphertext", "vault:v1:" + Base64.getEncoder().encodeToString(turned(plain)));
        }
        var cipher = Base64.getDecoder().decode(body.getString("ciphertext").substring("vault:v1:".length()));
        return JSONObject.of("plaintext", Base64.getEncoder().encodeToString(turned(cipher)));
    }

    private static byte[] turned(byte[] bytes) {
        var turned = new byte[bytes.length];
        for (int at = 0; at < bytes.length; at++) {
            turned[at] = bytes[bytes.length - 1 - at];
        }
        return turned;
    }

    private void await() {
        try {
            hold.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange call, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }
}
