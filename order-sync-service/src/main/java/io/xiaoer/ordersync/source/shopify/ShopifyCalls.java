package io.xiaoer.ordersync.source.shopify;

import io.xiaoer.common.outgoing.NotPublic;
import io.xiaoer.common.outgoing.PublicAddresses;
import io.xiaoer.ordersync.source.PlatformAway;
import io.xiaoer.ordersync.source.PlatformAway.Reason;
import io.xiaoer.ordersync.source.SourceSettings;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls the REST Admin API: one request, one whole answer of at most [#LARGEST] bytes within its time. No redirect is
/// followed.
@Component
class ShopifyCalls {

    static final int LARGEST = 16 * 1024 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Pattern CALL_LIMIT = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,6})(\\.[0-9]{1,6})?");
    private static final double NEARLY = 0.8;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final PublicAddresses addresses;
    private final Duration timeout;
    private final JsonMapper json;

    ShopifyCalls(PublicAddresses addresses, SourceSettings settings, JsonMapper json) {
        this.addresses = addresses;
        this.timeout = settings.callTimeout();
        this.json = json;
    }

    /// An answer with status 200.
    ///
    /// @param links       the values of `Link`
    /// @param isNearLimit whether most of the calls that are allowed at once were made
    record Answer(JsonNode body, List<String> links, boolean isNearLimit) {}

    /// Empty if there is no such thing.
    ///
    /// @throws PlatformAway if there is no answer that can be read
    Optional<Answer> get(URI address, String token) {
        check(address);
        var response = answered(HttpRequest.newBuilder(address)
                .header("X-Shopify-Access-Token", token)
                .header("Accept", "application/json")
                .timeout(timeout)
                .build());
        return switch (response.statusCode()) {
            case 200 -> Optional.of(read(response));
            case 404 -> Optional.empty();
            case 401, 403 -> throw new PlatformAway(Reason.UNAUTHORIZED, null);
            case 429 -> throw new PlatformAway(retryAfter(response));
            default ->
                throw new PlatformAway(response.statusCode() >= 500 ? Reason.UNAVAILABLE : Reason.UNREADABLE, null);
        };
    }

    private void check(URI address) {
        try {
            addresses.check(address);
        } catch (NotPublic refused) {
            throw new PlatformAway(Reason.REFUSED_ADDRESS, refused);
        } catch (UnknownHostException unknown) {
            throw new PlatformAway(Reason.UNAVAILABLE, unknown);
        }
    }

    /// The time of a request ends with the answer's headers: this one is for the body as well.
    private HttpResponse<byte[]> answered(HttpRequest request) {
        var call = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            return call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException away) {
            call.cancel(true);
            throw new PlatformAway(Reason.UNAVAILABLE, away);
        } catch (InterruptedException interrupted) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new PlatformAway(Reason.UNAVAILABLE, interrupted);
        }
    }

    private Answer read(HttpResponse<byte[]> response) {
        try {
            return new Answer(
                    json.readTree(response.body()), response.headers().allValues("Link"), isNearLimit(response));
        } catch (JacksonException unreadable) {
            throw new PlatformAway(Reason.UNREADABLE, unreadable);
        }
    }

    private static boolean isNearLimit(HttpResponse<?> response) {
        var calls = CALL_LIMIT.matcher(
                response.headers().firstValue("X-Shopify-Shop-Api-Call-Limit").orElse(""));
        return calls.matches() && Integer.parseInt(calls.group(1)) >= NEARLY * Integer.parseInt(calls.group(2));
    }

    private static @Nullable Duration retryAfter(HttpResponse<?> response) {
        var seconds =
                SECONDS.matcher(response.headers().firstValue("Retry-After").orElse(""));
        return seconds.matches() ? Duration.ofSeconds(Long.parseLong(seconds.group(1)) + 1) : null;
    }
}
