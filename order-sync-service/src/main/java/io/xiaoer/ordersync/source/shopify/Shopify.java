package io.xiaoer.ordersync.source.shopify;

import io.xiaoer.ordersync.source.Delivery;
import io.xiaoer.ordersync.source.HmacSha256;
import io.xiaoer.ordersync.source.PlatformAway;
import io.xiaoer.ordersync.source.PlatformEvent;
import io.xiaoer.ordersync.source.PlatformEvent.Unconcerned;
import io.xiaoer.ordersync.source.PlatformEvent.Untranslatable;
import io.xiaoer.ordersync.source.PlatformKind;
import io.xiaoer.ordersync.source.PulledPlatform;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Shopify's two roads. A webhook is signed over its body alone, so what is pushed late or twice is told apart by the
/// versions of orders and by the id of the delivery, not by a time. A page of orders names the next one in `Link`; it
/// is followed on the source's own host only, since the token goes along.
@Component
class Shopify implements PulledPlatform {

    private static final String ORDERS = "/admin/api/2026-01/orders";
    private static final int AT_ONCE = 100;
    private static final Set<String> ORDER_TOPICS = Set.of(
            "orders/create",
            "orders/updated",
            "orders/paid",
            "orders/cancelled",
            "orders/fulfilled",
            "orders/partially_fulfilled");
    private static final Set<String> FULFILLMENT_TOPICS = Set.of("fulfillments/create", "fulfillments/update");
    private static final String REFUND_TOPIC = "refunds/create";
    private static final Pattern NEXT = Pattern.compile("<([^<>]{1,4096})>\\s*;\\s*rel=\"?next\"?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}");

    /// The platform's bucket leaks two calls a second; from four fifths on, wait for some of it.
    private static final Duration REST = Duration.ofSeconds(2);

    private final ShopifyCalls calls;
    private final ShopifyOrders orders;
    private final JsonMapper json;

    Shopify(ShopifyCalls calls, JsonMapper json) {
        this.calls = calls;
        this.orders = new ShopifyOrders();
        this.json = json;
    }

    @Override
    public PlatformKind kind() {
        return PlatformKind.SHOPIFY;
    }

    /// One app, and so one secret, may serve several stores: the store must be the source's own.
    @Override
    public boolean isGenuine(Delivery delivery, Proof proof, Instant now) {
        var address = proof.address();
        boolean own = address != null
                && delivery.header("X-Shopify-Shop-Domain")
                        .filter(domain -> domain.equalsIgnoreCase(address.getHost()))
                        .isPresent();
        var signature = delivery.header("X-Shopify-Hmac-Sha256").orElse("");
        boolean genuine = false;
        for (var secret : proof.secrets()) {
            genuine |= HmacSha256.isOf(signature, secret.getBytes(StandardCharsets.UTF_8), delivery.body());
        }
        return own && genuine;
    }

    @Override
    public @Nullable String id(Delivery delivery) {
        return delivery.header("X-Shopify-Webhook-Id")
                .filter(id -> !id.isBlank() && id.length() <= 255)
                .orElse(null);
    }

    @Override
    public PlatformEvent read(Delivery delivery) {
        var topic = delivery.header("X-Shopify-Topic").orElse("");
        JsonNode told;
        try {
            told = json.readTree(delivery.body());
        } catch (JacksonException unreadable) {
            return new Untranslatable("", topic, "the body is no JSON");
        }
        if (ORDER_TOPICS.contains(topic)) {
            return orders.order(told);
        }
        if (FULFILLMENT_TOPICS.contains(topic)) {
            return orders.fulfillment(told);
        }
        return topic.equals(REFUND_TOPIC) ? orders.refund(told) : new Unconcerned();
    }

    @Override
    public Page changedSince(Access access, Instant since) {
        var query = "?status=any&limit=" + AT_ONCE + "&order=" + encoded("updated_at asc") + "&updated_at_min="
                + encoded(since.truncatedTo(ChronoUnit.SECONDS).toString());
        return page(access, access.address().resolve(ORDERS + ".json" + query));
    }

    @Override
    public Page page(Access access, URI page) {
        var answer = calls.get(page, access.token())
                .orElseThrow(() -> new PlatformAway(PlatformAway.Reason.UNREADABLE, null));
        var told = answer.body().path("orders");
        if (!told.isArray()) {
            throw new PlatformAway(PlatformAway.Reason.UNREADABLE, null);
        }
        return new Page(
                told.valueStream().map(orders::order).toList(),
                told.valueStream()
                        .map(order -> ShopifyOrders.time(order, "updated_at"))
                        .flatMap(Optional::stream)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                answer.links().stream()
                        .map(Shopify::next)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(next -> onSameHost(access, next))
                        .orElse(null),
                answer.isNearLimit() ? REST : Duration.ZERO);
    }

    @Override
    public Optional<PlatformEvent> order(Access access, String id) {
        if (!NUMBER.matcher(id).matches()) {
            return Optional.empty();
        }
        return calls.get(access.address().resolve(ORDERS + "/" + id + ".json"), access.token())
                .map(answer -> orders.order(answer.body().path("order")));
    }

    private static @Nullable String next(String links) {
        var matcher = NEXT.matcher(links);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static URI onSameHost(Access access, String link) {
        try {
            var next = access.address().resolve(link);
            var own = access.address();
            if (next.getScheme().equals(own.getScheme())
                    && own.getRawAuthority().equalsIgnoreCase(next.getRawAuthority())) {
                return next;
            }
        } catch (IllegalArgumentException malformed) {
            throw new PlatformAway(PlatformAway.Reason.UNREADABLE, malformed);
        }
        throw new PlatformAway(PlatformAway.Reason.REFUSED_ADDRESS, null);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
