package io.xiaoer.bot.dialog.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.bot.Neighbours.CommandReply;
import io.xiaoer.bot.RunningBot;
import io.xiaoer.common.event.BotQuery;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.OpenSession;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.RedisKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A shopper with an open session of a shop of their own, whose questions go into Kafka.
abstract class RunningDialog extends RunningBot {

    static final Duration SOON = Duration.ofSeconds(90);
    private static final EventWriter EVENTS = new EventWriter("test", Clock.systemUTC());

    final String shop = "s" + UUID.randomUUID().toString().substring(0, 8);
    final UserKey shopper =
            new UserKey(new ShopId(shop), UserKey.Kind.USER, UUID.randomUUID().toString());
    String sid = "";

    @BeforeEach
    void openSession() throws Exception {
        sid = ids.next();
        log.refill(shopper, "0", List.of(), session("bot", 1));
    }

    void put(String name, String flow) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/flows/" + name))
                .header("Authorization", "Bearer " + ISSUERS.merchant(shop))
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(flow))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var put = http.send(request, BodyHandlers.ofString());
            assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
        }
    }

    @AfterEach
    void mend() {
        NEIGHBOURS.handingOff(200);
        NEIGHBOURS.orders(variables -> Map.of());
        NEIGHBOURS.warming(user -> {});
        NEIGHBOURS.commands(call -> new CommandReply(404, Map.of()));
    }

    OpenSession session(String owner, long number) {
        return new OpenSession(sid, owner, number, null, Instant.now().plusSeconds(3600), "zh", null);
    }

    BotQuery asks(Content content) {
        var outcome = log.append(Append.said(
                shopper,
                new Sender(Role.USER, shopper.id(), null),
                UUID.randomUUID().toString(),
                sid,
                content,
                false));
        var question = BotQuery.of(shopper, sid, (AppendOutcome.Stored) outcome);
        send(question);
        return question;
    }

    void send(BotQuery question) {
        produce(EVENTS.record(Topic.BOT_QUERY, shopper.tag(), question.id(), question));
    }

    Message answered(BotQuery question) {
        await().atMost(SOON).until(() -> !repliesTo(question).isEmpty());
        return repliesTo(question).getFirst();
    }

    Message says(String text) {
        return answered(asks(new Content.Text(text)));
    }

    Message presses(Message message, String label) {
        var options = ((Content.Choice) message.content()).options();
        var option = options.stream()
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow();
        return answered(asks(new Content.Action(option.payload(), option.label())));
    }

    List<Message> repliesTo(BotQuery question) {
        return log.read(shopper, "0", 500).messages().stream()
                .map(MessageResource::message)
                .filter(message -> question.id().equals(message.replyTo()))
                .toList();
    }

    static String words(Message message) {
        return Objects.requireNonNull(
                        message.content().toMap().get("prompt") == null
                                ? message.content().toMap().get("text")
                                : message.content().toMap().get("prompt"))
                .toString();
    }

    @Nullable
    DialogState state() {
        Map<Object, Object> stored = redis.opsForHash().entries(RedisKeys.dialog(shopper));
        return stored.get("state") instanceof String json ? DialogState.parse(json) : null;
    }
}
