package io.xiaoer.common.crypto;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The transit engine of HashiCorp Vault as key service: `encrypt` and `decrypt` with one key. The keyset itself
/// is encrypted there and lies here only wrapped; whatever is wrapped anew is so under the newest version of that key.
///
/// With an AppRole the token is asked for when it is first needed and again when Vault refuses it. One request has the
/// timeout of its settings; a call makes three at most.
public final class VaultTransit implements KeyService {

    private static final int FORBIDDEN = 403;
    private static final int LARGEST_ANSWER = 1024 * 1024;

    private final VaultSettings settings;
    private final HttpClient http;
    private volatile @Nullable String token;

    public VaultTransit(VaultSettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.token = settings.token().isEmpty() ? null : settings.token();
    }

    /// What Vault answers, as far as it is read.
    record Reply(@Nullable Data data, @Nullable Auth auth) {

        record Data(@Nullable String ciphertext, @Nullable String plaintext) {}

        record Auth(@Nullable String client_token) {}
    }

    @Override
    public byte[] wrap(byte[] keyset) {
        var text = Base64.getEncoder().encodeToString(keyset);
        return ciphertext(transit("encrypt", Map.of("plaintext", text)));
    }

    @Override
    public byte[] unwrap(byte[] wrapped) {
        var data = transit("decrypt", Map.of("ciphertext", new String(wrapped, StandardCharsets.US_ASCII)));
        try {
            return Base64.getDecoder().decode(present(data.plaintext()));
        } catch (IllegalArgumentException unreadable) {
            throw new KeysUnavailable("the key service answered no base64", null);
        }
    }

    private static byte[] ciphertext(Reply.Data data) {
        return present(data.ciphertext()).getBytes(StandardCharsets.US_ASCII);
    }

    private static String present(@Nullable String part) {
        if (part == null) {
            throw new KeysUnavailable("the key service answered without what was asked for", null);
        }
        return part;
    }

    private Reply.Data transit(String operation, Map<String, String> body) {
        var path = settings.mount() + "/" + operation + "/" + settings.key();
        var known = token;
        var answer = known == null ? null : post(path, body, known);
        if (answer == null || answer.status() == FORBIDDEN && settings.token().isEmpty()) {
            answer = post(path, body, signIn());
        }
        var data = read(answer, operation).data();
        if (data == null) {
            throw new KeysUnavailable("the key service answered without data", null);
        }
        return data;
    }

    private String signIn() {
        var login = "auth/" + settings.appRole() + "/login";
        var answer = post(login, Map.of("role_id", settings.roleId(), "secret_id", settings.secretId()), null);
        var auth = read(answer, "login").auth();
        var fresh = present(auth == null ? null : auth.client_token());
        token = fresh;
        return fresh;
    }

    private record Raw(int status, String body) {}

    private Raw post(String path, Map<String, String> body, @Nullable String as) {
        var request = HttpRequest.newBuilder(
                        URI.create(settings.address().toString().replaceFirst("/+$", "") + "/v1/" + path))
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .header("X-Vault-Request", "true")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.toJSONString(body)));
        if (as != null) {
            request.header("X-Vault-Token", as);
        }
        if (!settings.namespace().isEmpty()) {
            request.header("X-Vault-Namespace", settings.namespace());
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofInputStream());
            try (var stream = answer.body()) {
                return new Raw(
                        answer.statusCode(), new String(stream.readNBytes(LARGEST_ANSWER), StandardCharsets.UTF_8));
            }
        } catch (IOException away) {
            throw new KeysUnavailable("the key service does not answer", away);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KeysUnavailable("the key service was not waited for", stopped);
        }
    }

    // A cause could quote a keyset.
    @SuppressWarnings("UnusedException")
    private static Reply read(Raw answer, String operation) {
        if (answer.status() != 200) {
            throw new KeysUnavailable(
                    "the key service answered " + answer.status() + " to " + operation + meaning(answer.status()),
                    null);
        }
        try {
            var reply = JSON.parseObject(answer.body(), Reply.class);
            if (reply != null) {
                return reply;
            }
        } catch (JSONException unreadable) {
            // Told below.
        }
        throw new KeysUnavailable("the key service answered no JSON to " + operation, null);
    }

    private static String meaning(int status) {
        return switch (status) {
            case FORBIDDEN -> ": the token or its policy does not allow it";
            case 404 -> ": there is no such mount";
            case 503 -> ": it is sealed or in maintenance";
            default -> "";
        };
    }
}
