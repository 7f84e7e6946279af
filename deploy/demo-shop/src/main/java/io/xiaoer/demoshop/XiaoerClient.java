package io.xiaoer.demoshop;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/// The merchant's side of the suite's REST interface: what a shop's backend needs for a chat in its page.
public final class XiaoerClient {

    private final DemoShopProperties shop;
    private final Clock clock;
    private final RestClient rest;
    private volatile @Nullable MerchantToken merchant;

    XiaoerClient(DemoShopProperties shop, Clock clock) {
        this.shop = shop;
        this.clock = clock;
        var requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build());
        requests.setReadTimeout(Duration.ofSeconds(6));
        this.rest = RestClient.builder().requestFactory(requests).build();
    }

    private record MerchantToken(String value, Instant renewAt) {}

    /// A chat token of a shopper whom this shop knows.
    ///
    /// @param userId the shopper's id in this shop
    /// @return the token and its life in seconds, as the suite answered them
    JsonNode chatToken(String userId) {
        return json(rest.post()
                        .uri(shop.xiaoerUrl().resolve("/api/v1/bot/chat-tokens"))
                        .header(HttpHeaders.AUTHORIZATION, bearer())
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(Map.of("user_id", userId))
                        .retrieve()
                        .body(JsonNode.class))
                .path("data")
                .path("attributes");
    }

    /// Some shoppers who have ordered in this shop, newest orders first, so that there is somebody to log in as.
    List<String> buyers(int most) {
        var query = "{ orders(first: 40) { nodes { user_id } } }";
        JsonNode answer = json(rest.post()
                .uri(shop.xiaoerUrl().resolve("/graphql"))
                .header(HttpHeaders.AUTHORIZATION, bearer())
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("query", query))
                .retrieve()
                .body(JsonNode.class));
        var buyers = new LinkedHashSet<String>();
        answer.path("data")
                .path("orders")
                .path("nodes")
                .forEach(node -> buyers.add(node.path("user_id").asString()));
        return buyers.stream().limit(most).toList();
    }

    /// Puts the address of this page on the shop's list of origins, if it is not there yet.
    ///
    /// @return whether it had to be added
    boolean registerOrigin() {
        String origin = shop.publicUrl().toString();
        var address = shop.xiaoerUrl().resolve("/api/v1/shop");
        JsonNode answer = json(rest.get()
                .uri(address)
                .header(HttpHeaders.AUTHORIZATION, bearer())
                .retrieve()
                .body(JsonNode.class));
        var settings = (tools.jackson.databind.node.ObjectNode)
                answer.path("data").path("attributes").deepCopy();
        var origins = new ArrayList<String>();
        settings.path("origins").forEach(each -> origins.add(each.asString()));
        if (origins.contains(origin)) {
            return false;
        }
        var list = settings.putArray("origins");
        origins.forEach(list::add);
        list.add(origin);
        rest.put()
                .uri(address)
                .header(HttpHeaders.AUTHORIZATION, bearer())
                .contentType(MediaType.APPLICATION_JSON)
                .body(settings)
                .retrieve()
                .toBodilessEntity();
        return true;
    }

    private String bearer() {
        MerchantToken known = merchant;
        if (known == null || !clock.instant().isBefore(known.renewAt)) {
            known = fetchMerchantToken();
            merchant = known;
        }
        return "Bearer " + known.value;
    }

    private MerchantToken fetchMerchantToken() {
        byte[] basic = (shop.clientId() + ':' + shop.clientSecret()).getBytes(StandardCharsets.UTF_8);
        JsonNode answer = json(rest.post()
                .uri(shop.identityUrl().resolve("/oauth2/token"))
                .header(
                        HttpHeaders.AUTHORIZATION,
                        "Basic " + Base64.getEncoder().encodeToString(basic))
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body("grant_type=client_credentials")
                .retrieve()
                .body(JsonNode.class));
        long life = answer.path("expires_in").asLong(60);
        return new MerchantToken(
                answer.path("access_token").asString(), clock.instant().plusSeconds(Math.max(10, life - 60)));
    }

    private static JsonNode json(@Nullable JsonNode node) {
        if (node == null) {
            throw new IllegalStateException("the suite answered nothing");
        }
        return node;
    }
}
