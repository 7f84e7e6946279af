package io.xiaoer.compensation.webhook.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.SetClock;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.compensation.CompensationService;
import io.xiaoer.compensation.webhook.Receiver;
import io.xiaoer.compensation.webhook.WebhookEvent;
import io.xiaoer.compensation.webhook.WebhookSettings;
import io.xiaoer.compensation.webhook.Webhooks;
import io.xiaoer.compensation.webhook.address.AddressPolicy;
import io.xiaoer.compensation.webhook.address.Addresses;
import io.xiaoer.compensation.webhook.address.NameResolver;
import io.xiaoer.compensation.webhook.delivery.Attempt;
import io.xiaoer.compensation.webhook.delivery.DeliveryQueue;
import io.xiaoer.compensation.webhook.delivery.Lane.Endpoint;
import io.xiaoer.compensation.webhook.delivery.Lanes;
import io.xiaoer.compensation.webhook.delivery.NewDelivery;
import io.xiaoer.compensation.webhook.delivery.Outcome;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// How deliveries are sent, by dispatchers of the test's own whose clock it moves. That of the service stands still.
@CompensationService
class SendingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final InetAddress PUBLIC = InetAddress.ofLiteral("93.184.216.34");
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    @LocalServerPort
    private int port;

    @Autowired
    private Dispatcher own;

    @Autowired
    private HttpSender sender;

    @Autowired
    private Webhooks webhooks;

    @Autowired
    private DeliveryQueue queue;

    @Autowired
    private Lanes lanes;

    @Autowired
    private WebhookSettings settings;

    @Autowired
    private WebhookMeters meters;

    private final ShopId shop = new ShopId("s-" + UUID.randomUUID().toString().substring(0, 8));
    private final SetClock clock = new SetClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    private final List<AutoCloseable> opened = new ArrayList<>();
    private ServiceClient merchant = new ServiceClient(0, null);
    private Receiver receiver;

    @BeforeEach
    void stopTheServicesOwn() throws Exception {
        own.stop();
        merchant = new ServiceClient(port, TestIssuers.merchant(shop.value()));
        receiver = new Receiver();
    }

    @AfterEach
    void startItAgain() throws Exception {
        for (var each : opened) {
            each.close();
        }
        receiver.close();
        own.start();
    }

    @Test
    void whatFailsForADayIsExhaustedAndATaskSendsItAgain() {
        receiver.answer(500);
        var made = create(receiver.url());
        var id = made.webhook().id();
        var began = clock.instant();
        add(id, "lane", "evt_1");
        dispatch(sender);

        var pauses = new ArrayList<Duration>();
        while (!status(id, 0).equals("exhausted")) {
            int attempts = pauses.size() + 1;
            await().atMost(PATIENCE)
                    .until(() -> attributes(id, 0).path("attempts").asInt() == attempts);
            var next = attributes(id, 0).path("next_at");
            if (!next.isMissingNode()) {
                pauses.add(Duration.between(clock.instant(), Instant.parse(next.asString())));
                clock.set(Instant.parse(next.asString()));
            }
        }

        assertThat(Duration.between(began, clock.instant()))
                .isBetween(settings.window(), settings.window().plusMinutes(5));
        assertThat(pauses.getFirst())
                .isBetween(settings.first(), settings.first().multipliedBy(2));
        assertThat(pauses.get(5)).isGreaterThanOrEqualTo(settings.first().multipliedBy(32));
        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofMinutes(72)));
        assertThat(receiver.calls()).extracting(Receiver.Call::id).containsOnly("evt_1");
        var delivery = deliveries(id).path(0).path("id").asString();
        var task = merchant.get("/api/v1/compensations?q=" + delivery)
                .json()
                .path("data")
                .get(0);
        assertThat(task.at("/attributes/status").asString()).isEqualTo("exhausted");
        assertThat(task.at("/attributes/topic").asString()).isEqualTo("webhook.delivery");
        assertThat(task.at("/attributes/reason").asString()).isEqualTo("http_error");

        receiver.answer(204);
        var path = "/api/v1/compensations/" + task.path("id").asString();
        assertThat(merchant.post(path + "/replay", Map.of()).status()).isEqualTo(202);

        await().atMost(PATIENCE).until(() -> status(id, 0).equals("delivered"));
        await().atMost(PATIENCE)
                .until(() -> merchant.get(path)
                        .attributes()
                        .path("status")
                        .asString()
                        .equals("succeeded"));
        assertThat(merchant.post(path + "/replay", Map.of()).status()).isEqualTo(409);
    }

    @Test
    void aDeliveryWhoseSenderDiedIsSentAgainUnderTheSameIdWhenItsClaimEnds() {
        var made = create(receiver.url());
        var id = made.webhook().id();
        add(id, "lane", "evt_1");
        add(id, "lane", "evt_2");
        dispatch((webhook, delivery, now) -> {
            var attempt = sender.send(webhook, delivery, now);
            if (delivery.lane().equals("lane") && delivery.shopId().equals(shop.value())) {
                throw new IllegalStateException("killed between sending and noting");
            }
            return attempt;
        });
        await().atMost(PATIENCE).until(() -> receiver.calls().size() == 1);
        close();

        dispatch(sender);
        add(id, "other", "evt_3");
        await().atMost(PATIENCE).until(() -> receiver.calls().size() == 2);
        assertThat(receiver.calls().getLast().id()).isEqualTo("evt_3");
        clock.set(clock.instant().plus(settings.claim()));

        await().atMost(PATIENCE).until(() -> receiver.calls().size() == 4);
        assertThat(receiver.calls()).extracting(Receiver.Call::id).containsExactly("evt_1", "evt_3", "evt_1", "evt_2");
    }

    @Test
    void twoInstancesSendEachDeliveryOnceAndALaneInItsOrder() {
        var made = create(receiver.url());
        Queue<String> sent = new ConcurrentLinkedQueue<>();
        Sender counting = (webhook, delivery, now) -> {
            if (delivery.shopId().equals(shop.value())) {
                sent.add(delivery.lane() + " " + delivery.eventId());
            }
            return new Attempt(Outcome.DELIVERED, 204, Duration.ofMillis(1), null);
        };
        for (int number = 0; number < 60; number++) {
            add(made.webhook().id(), "lane-" + number % 6, "evt_%03d".formatted(number));
        }

        dispatch(counting);
        dispatch(counting);

        await().atMost(PATIENCE)
                .until(() -> sent.size() >= 60
                        && deliveries(made.webhook().id(), "pending").isEmpty());
        assertThat(sent).hasSize(60).doesNotHaveDuplicates();
        for (int lane = 0; lane < 6; lane++) {
            var name = "lane-" + lane + " ";
            assertThat(sent.stream().filter(each -> each.startsWith(name)).toList())
                    .isSorted();
        }
    }

    @Test
    void whoAsksToBeLeftAloneIsWithAllThatWaits() {
        receiver.answer(call -> new Receiver.Reply(429, Map.of("Retry-After", "120")));
        var id = create(receiver.url()).webhook().id();
        var endpoint = new Endpoint(shop, id);
        add(id, "lane", "evt_1");
        dispatch(sender);
        await().atMost(PATIENCE).until(() -> attributes(id, 0).path("attempts").asInt() == 1);
        var asked = clock.instant();
        close();

        add(id, "other", "evt_2");

        assertThat(attributes(id, 1).path("reason").asString()).isEqualTo("throttled");
        assertThat(Instant.parse(attributes(id, 1).path("next_at").asString())).isEqualTo(asked.plusSeconds(120));
        assertThat(queue.due(asked.plusSeconds(119))).doesNotContain(endpoint);
        assertThat(queue.due(asked.plusSeconds(120))).contains(endpoint);
        receiver.answer(204);
        clock.set(asked.plusSeconds(120));
        dispatch(sender);
        await().atMost(PATIENCE).until(() -> deliveries(id, "delivered").size() == 2);
    }

    @Test
    void aRedirectIsNotFollowed() {
        receiver.answer(call ->
                new Receiver.Reply(307, Map.of("Location", "http://127.0.0.1:" + receiver.port() + "/elsewhere")));
        var id = create(receiver.url()).webhook().id();
        add(id, "lane", "evt_1");

        dispatch(sender);

        await().atMost(PATIENCE).until(() -> attributes(id, 0).path("attempts").asInt() == 1);
        assertThat(attributes(id, 0).path("reason").asString()).isEqualTo("redirect");
        assertThat(attributes(id, 0).path("response_code").asInt()).isEqualTo(307);
        assertThat(receiver.calls()).extracting(Receiver.Call::path).containsOnly("/hook");
    }

    @Test
    void aNameThatLeadsElsewhereLaterIsRefusedWhenItIsConnectedTo() throws Exception {
        var answer = new AtomicReference<>(PUBLIC);
        var addresses = new Addresses(host -> List.of(answer.get()), new AddressPolicy(List.of()));
        var url = "https://hooks.example.com:" + receiver.port() + "/hook";
        assertThat(addresses.check(url).address()).isEqualTo(PUBLIC);
        var id = create(url).webhook().id();
        add(id, "lane", "evt_1");
        answer.set(HERE);

        dispatch(over(host -> List.of(answer.get()), List.of()));

        await().atMost(PATIENCE).until(() -> attributes(id, 0).path("attempts").asInt() == 1);
        assertThat(attributes(id, 0).path("reason").asString()).isEqualTo("address_refused");
        assertThat(receiver.calls()).isEmpty();
    }

    @Test
    void theAddressThatWasCheckedIsTheOneThatIsConnectedTo() {
        var made = create("http://hooks.example.com:" + receiver.port() + "/hook");
        add(made.webhook().id(), "lane", "evt_1");

        dispatch(over(host -> List.of(HERE), List.of("127.0.0.0/8")));

        await().atMost(PATIENCE).until(() -> receiver.calls().size() == 1);
        assertThat(receiver.calls().getFirst().header("host")).isEqualTo("hooks.example.com:" + receiver.port());
    }

    @Test
    void anEndpointThatIsAwayOrSilentHoldsUpNoOther() throws Exception {
        var gone = new Receiver();
        gone.close();
        var away = create("http://127.0.0.1:" + gone.port() + "/").webhook().id();
        var well = create(receiver.url()).webhook().id();
        for (int number = 0; number < 40; number++) {
            add(away, "lane-" + number, "evt_" + number);
        }
        add(well, "lane", "evt_1");

        dispatch(sender);

        await().atMost(PATIENCE).until(() -> status(well, 0).equals("delivered"));
        await().atMost(PATIENCE)
                .until(() -> deliveries(away)
                        .path(39)
                        .at("/attributes/reason")
                        .asString()
                        .equals("connect"));
    }

    @Test
    void theSignatureIsThatOfTheStandardForTheMomentOfTheAttempt() throws Exception {
        var made = create(receiver.url());
        add(made.webhook().id(), "lane", "evt_1");
        clock.set(clock.instant().plus(2, ChronoUnit.MINUTES));

        dispatch(sender);

        await().atMost(PATIENCE).until(() -> receiver.calls().size() == 1);
        var call = receiver.calls().getFirst();
        var secret = webhooks.secrets(shop, made.webhook().id(), Instant.now()).getFirst();
        assertThat(Long.parseLong(call.header("webhook-timestamp")))
                .isEqualTo(clock.instant().getEpochSecond());
        assertThat(call.header("webhook-signature"))
                .isEqualTo(secret.sign(
                        "evt_1", clock.instant().getEpochSecond(), call.body().getBytes(StandardCharsets.UTF_8)));
        var known = new Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(new io.xiaoer.compensation.webhook.SigningSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                        .sign("msg_1", 1_700_000_000, "{}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(known.sign("msg_1", 1_700_000_000, "{}"));
    }

    private Webhooks.Made create(String url) {
        return webhooks.create(shop, "test", url, EnumSet.of(WebhookEvent.MESSAGE_CREATED), null);
    }

    private void add(String webhook, String lane, String event) {
        var body = "{\"type\":\"message.created\",\"shop_id\":\"" + shop.value() + "\"}";
        queue.add(List.of(new NewDelivery(
                shop,
                webhook,
                WebhookEvent.MESSAGE_CREATED,
                event,
                lane,
                null,
                Instant.now(),
                body.getBytes(StandardCharsets.UTF_8))));
        var added = Instant.now();
        if (clock.instant().isBefore(added)) {
            clock.set(added.truncatedTo(ChronoUnit.MILLIS).plusMillis(1));
        }
    }

    private HttpSender over(NameResolver names, List<String> allowed) {
        var made = new HttpSender(new Addresses(names, new AddressPolicy(allowed)), webhooks, settings);
        opened.add(made);
        return made;
    }

    /// An instance of its own; what other tests left behind it does not touch.
    private void dispatch(Sender how) {
        var slots = new Slots(64, 16);
        Sender ours = (webhook, delivery, now) -> how.send(webhook, delivery, now);
        var courier = new Courier(
                lanes, webhooks, ours, new Backoff(settings, new Random(7)), settings, slots, meters, clock);
        var dispatcher = new Dispatcher(queue, lanes, courier, slots, settings, new Random(7), clock);
        dispatcher.start();
        opened.addFirst(dispatcher::stop);
    }

    private void close() {
        try {
            opened.removeFirst().close();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private JsonNode deliveries(String webhook) {
        return merchant.get("/api/v1/webhooks/" + webhook + "/deliveries")
                .json()
                .path("data");
    }

    private JsonNode deliveries(String webhook, String status) {
        return merchant.get("/api/v1/webhooks/" + webhook + "/deliveries?limit=200&status=" + status)
                .json()
                .path("data");
    }

    private JsonNode attributes(String webhook, int number) {
        return deliveries(webhook).path(number).path("attributes");
    }

    private String status(String webhook, int number) {
        return attributes(webhook, number).path("status").asString();
    }
}
