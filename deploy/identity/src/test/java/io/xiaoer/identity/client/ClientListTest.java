package io.xiaoer.identity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the list of clients may say, and what a refusal tells.
class ClientListTest {
    private static final String SECRET = UUID.randomUUID().toString();

    @Test
    void aListIsRead() {
        var clients = ClientList.parse(base64(
                "[{\"client_id\":\"a\",\"client_secret\":\"%s\",\"scopes\":[\"merchant\",\"agent\"],\"shop_id\":\"1001\"}]"
                        .formatted(SECRET)));

        assertThat(clients).containsExactly(new Client("a", SECRET, Set.of("merchant", "agent"), "1001", null));
    }

    @Test
    void theSameClientTwiceIsRefused() {
        var entry = "{\"client_id\":\"a\",\"client_secret\":\"%s\",\"scopes\":[\"ops\"]}".formatted(SECRET);

        assertRefused("[" + entry + "," + entry + "]", "client_id stands there twice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                                                                          | 1 to 1000 clients
            {}                                                                                          | not a JSON list
            [null]                                                                                      | must be given
            [{"client_id":"a","scopes":["ops"]}]                                                        | must be given
            [{"client_id":"a b","client_secret":"0123456789abcdef","scopes":["ops"]}]                   | client_id must be
            [{"client_id":"a","client_secret":"short","scopes":["ops"]}]                                | client_secret must be
            [{"client_id":"a","client_secret":"0123456789abcdef","scopes":[]}]                          | scopes must be
            [{"client_id":"a","client_secret":"0123456789abcdef","scopes":["internal"]}]                | scopes must be
            [{"client_id":"a","client_secret":"0123456789abcdef","scopes":["merchant"]}]                | shop_id must be present
            [{"client_id":"a","client_secret":"0123456789abcdef","scopes":["ops","unmask"]}]            | shop_id must be present
            [{"client_id":"a","client_secret":"0123456789abcdef","scopes":["merchant"],"shop_id":"A"}]  | shop_id must be 1 to 32
            [{"client_id":"a","client_secret":"0123456789abcdef","scopes":["ops"],"role":"x"}]          | not a JSON list
            """)
    void aFaultIsNamed(String json, String rule) {
        assertRefused(json, rule);
    }

    @Test
    void whatIsNotBase64IsRefused() {
        assertThatThrownBy(() -> ClientList.parse("[{}]")).hasMessageContaining("is not base64");
    }

    @Test
    void noRefusalQuotesASecret() {
        assertThatThrownBy(() -> ClientList.parse(base64("[{\"client_id\":\"a\",\"client_secret\":\"" + SECRET + "\"")))
                .hasMessageNotContaining(SECRET)
                .hasNoCause();
        assertThat(new Client("a", SECRET, Set.of("ops"), null, null).toString())
                .doesNotContain(SECRET);
    }

    private static void assertRefused(String json, String rule) {
        assertThatThrownBy(() -> ClientList.parse(base64(json)))
                .hasMessageContaining("IDENTITY_CLIENTS")
                .hasMessageContaining(rule);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
