package io.xiaoer.identity.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Reads the list of clients from its base64 form. A refusal names the entry and the rule, never a value: values here
/// are secrets.
public final class ClientList {
    static final int MOST = 1000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ClientList() {}

    public static List<Client> parse(String base64) {
        var entries = entries(base64);
        if (entries.length == 0 || entries.length > MOST) {
            throw refused("must hold 1 to " + MOST + " clients and holds " + entries.length, null);
        }
        var clients = new ArrayList<Client>(entries.length);
        var seen = new HashSet<String>();
        for (int i = 0; i < entries.length; i++) {
            var client = client(entries[i], i);
            if (!seen.add(client.clientId())) {
                throw refused("entry " + i + ": client_id stands there twice", null);
            }
            clients.add(client);
        }
        return List.copyOf(clients);
    }

    private static @Nullable Entry[] entries(String base64) {
        try {
            var json = new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
            return JSON.readValue(json, Entry[].class);
        } catch (IllegalArgumentException notBase64) {
            throw refused("is not base64", null);
        } catch (JacksonException notJson) {
            // The cause would quote the text, and the text holds secrets.
            throw refused("is not a JSON list of {client_id, client_secret, scopes, shop_id?, name?}", null);
        }
    }

    private static Client client(@Nullable Entry entry, int position) {
        if (entry == null || entry.clientId == null || entry.clientSecret == null || entry.scopes == null) {
            throw refused("entry " + position + ": client_id, client_secret and scopes must be given", null);
        }
        try {
            return new Client(
                    entry.clientId, entry.clientSecret, new LinkedHashSet<>(entry.scopes), entry.shopId, entry.name);
        } catch (IllegalArgumentException rule) {
            throw refused("entry " + position + ": " + rule.getMessage(), rule);
        }
    }

    private static IllegalArgumentException refused(String rule, @Nullable Exception cause) {
        return new IllegalArgumentException("identity.clients (IDENTITY_CLIENTS) " + rule, cause);
    }

    private record Entry(
            @JsonProperty("client_id") @Nullable String clientId,
            @JsonProperty("client_secret") @Nullable String clientSecret,
            @JsonProperty("scopes") @Nullable List<String> scopes,
            @JsonProperty("shop_id") @Nullable String shopId,
            @JsonProperty("name") @Nullable String name) {}
}
