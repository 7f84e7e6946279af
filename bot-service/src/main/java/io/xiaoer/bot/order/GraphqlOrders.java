package io.xiaoer.bot.order;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.common.access.InternalTokens;
import io.xiaoer.common.id.UserKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/// Looks orders up by one GraphQL call to order-sync-service, which gives each part its own deadline.
@Component
final class GraphqlOrders implements OrderDesk {

    private static final String ORDER_SYNC = "order-sync-service";
    private static final ParameterizedTypeReference<Map<String, @Nullable Object>> ANSWER =
            new ParameterizedTypeReference<>() {};

    private final RestClient orderSync;
    private final InternalTokens tokens;
    private final String query = query();

    GraphqlOrders(@LoadBalanced RestClient.Builder services, InternalTokens tokens) {
        this.orderSync = services.clone().baseUrl("http://" + ORDER_SYNC).build();
        this.tokens = tokens;
    }

    @Override
    public Look look(UserKey user, @Nullable String number, Deadline deadline) {
        if (deadline.left().isZero()) {
            throw new Away("there is no time left", null);
        }
        try {
            Map<String, @Nullable Object> answer = orderSync
                    .post()
                    .uri("/graphql")
                    .headers(headers -> headers.setBearerAuth(tokens.token(user.shop(), ORDER_SYNC)))
                    .contentType(MediaType.APPLICATION_JSON)
                    .accept(MediaType.APPLICATION_JSON)
                    .body(Map.of("query", query, "variables", variables(user, number)))
                    .retrieve()
                    .body(ANSWER);
            if (answer == null) {
                throw new Away("an empty answer", null);
            }
            return GraphqlAnswer.read(answer);
        } catch (RestClientException | IllegalStateException e) {
            throw new Away(e.getClass().getSimpleName(), e);
        }
    }

    private static Map<String, Object> variables(UserKey user, @Nullable String number) {
        var variables = new LinkedHashMap<String, Object>();
        variables.put("number", number == null ? "" : number);
        variables.put("named", number != null);
        variables.put("user", user.id());
        variables.put("first", MOST);
        return variables;
    }

    private static String query() {
        try {
            return new ClassPathResource("graphql/orders.graphql").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
