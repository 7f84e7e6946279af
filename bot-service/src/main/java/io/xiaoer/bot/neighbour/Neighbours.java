package io.xiaoer.bot.neighbour;

import io.xiaoer.common.access.InternalTokens;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.request.RequestIds;
import java.net.ConnectException;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/// Calls to the other services. Where an instance does not take the connection the next one is asked, once: nothing
/// was sent yet.
@Component
public class Neighbours {

    /// The services that the bot calls.
    public enum Service {
        SESSION("session-service"),
        ORDER_SYNC("order-sync-service");

        private final String label;

        Service(String label) {
            this.label = label;
        }
    }

    private static final ParameterizedTypeReference<Map<String, @Nullable Object>> OBJECT =
            new ParameterizedTypeReference<>() {};

    private final RestClient client;
    private final InternalTokens tokens;

    Neighbours(@LoadBalanced RestClient.Builder services, InternalTokens tokens) {
        this.client = services.clone().build();
        this.tokens = tokens;
    }

    /// Posts an object and reads one, empty if there is none in the answer.
    ///
    /// @throws Away if no answer comes in time, or one that says no
    public Map<String, @Nullable Object> post(Service service, String path, ShopId shop, Map<String, ?> body) {
        return post(service, path, shop, Map.of(), body);
    }

    /// Posts an object with further headers.
    ///
    /// @throws Away if no answer comes in time, or one that says no
    public Map<String, @Nullable Object> post(
            Service service, String path, ShopId shop, Map<String, String> headers, Map<String, ?> body) {
        return asked(
                service,
                () -> send(
                        service,
                        HttpMethod.POST,
                        path,
                        shop,
                        headers,
                        request ->
                                request.contentType(MediaType.APPLICATION_JSON).body(body)));
    }

    /// Reads an object.
    ///
    /// @throws Away if no answer comes in time, or one that says no
    public Map<String, @Nullable Object> get(Service service, String path, ShopId shop, Map<String, String> headers) {
        return asked(service, () -> send(service, HttpMethod.GET, path, shop, headers, request -> request));
    }

    private static Map<String, @Nullable Object> asked(Service service, Supplier<Map<String, @Nullable Object>> call) {
        try {
            try {
                return call.get();
            } catch (ResourceAccessException e) {
                if (e.getCause() instanceof ConnectException) {
                    return call.get();
                }
                throw e;
            }
        } catch (RestClientException | IllegalStateException e) {
            throw new Away(service.label, e);
        }
    }

    private Map<String, @Nullable Object> send(
            Service service,
            HttpMethod method,
            String path,
            ShopId shop,
            Map<String, String> more,
            Function<RestClient.RequestBodySpec, RestClient.RequestHeadersSpec<?>> body) {
        RestClient.RequestBodySpec request = client.method(method)
                .uri("http://" + service.label + path)
                .headers(headers -> {
                    headers.setBearerAuth(tokens.token(shop, service.label));
                    RequestIds.headers().forEach(headers::set);
                    more.forEach(headers::set);
                })
                .accept(MediaType.APPLICATION_JSON);
        Map<String, @Nullable Object> answer = body.apply(request).retrieve().body(OBJECT);
        return answer == null ? Map.of() : answer;
    }

    /// A service does not answer, or says no.
    public static final class Away extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /// Whether the service said no for good: it did nothing, and asking again changes nothing.
        public boolean isRefusal() {
            return getCause() instanceof HttpClientErrorException;
        }

        /// The status of the answer, 0 if there was none.
        public int status() {
            return getCause() instanceof RestClientResponseException answer
                    ? answer.getStatusCode().value()
                    : 0;
        }

        Away(String service, Throwable cause) {
            super(service + ": " + cause.getClass().getSimpleName(), cause);
        }
    }
}
