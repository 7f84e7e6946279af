package io.xiaoer.local.api;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.local.data.Client;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One shopper's talk with a shop, over REST.
public final class Conversation {
    private static final String BOT = "/api/v1/bot";
    private static final int LONG_POLLS = 3;
    private static final Set<String> PEOPLE = Set.of("queue", "agent");

    private final Api api;
    private final String token;
    private final String sessionId;

    private Conversation(Api api, String token, String sessionId) {
        this.api = api;
        this.token = token;
        this.sessionId = sessionId;
    }

    /// As a shopper for whom the shop's backend vouches.
    public static Conversation ofUser(Api api, Client merchant, String user) throws IOException, InterruptedException {
        var body = JSONObject.of("user_id", user);
        return open(api, issued(api.post(BOT + "/chat-tokens", api.token(merchant), body)));
    }

    /// As somebody whom the shop does not know.
    public static Conversation ofGuest(Api api, String shop) throws IOException, InterruptedException {
        var body = JSONObject.of("shop_id", shop, "device_id", "terminal");
        return open(api, issued(api.post(BOT + "/guest-tokens", "", body)));
    }

    private static Conversation open(Api api, String token) throws IOException, InterruptedException {
        var reply = succeeded(api.post(BOT + "/sessions", token, JSONObject.of("device", "app")), "No session");
        return new Conversation(api, token, Objects.requireNonNull(reply.data().getString("id")));
    }

    /// Sends the text and returns the messages that answer it; empty if none came in about a minute and a half, or if
    /// people are to answer: whenever they do is not waited for.
    public List<JSONObject> ask(String text) throws IOException, InterruptedException {
        var path = "%s/sessions/%s/messages".formatted(BOT, sessionId);
        var body = JSONObject.of("id", UUID.randomUUID().toString(), "text", text);
        var reply = api.postAndWait(path, token, body);
        if (reply.status() == 504) {
            reply = api.postAndWait(path, token, body);
        }
        var question = succeeded(reply, "The question was not taken").data().getString("id");
        var answers = answersTo(question, reply.resources("included"));
        var withPeople = false;
        for (var poll = 0; poll < LONG_POLLS && answers.isEmpty() && !withPeople; poll++) {
            withPeople = isWithPeople();
            var wait = withPeople ? 1 : 25;
            var later = api.get("%s?last_message_id=%s&wait=%d".formatted(path, question, wait), token);
            answers = answersTo(
                    question, succeeded(later, "The answer cannot be read").resources("data"));
        }
        return answers;
    }

    /// Whether the session waits for a person or is with one, so that the bot does not answer.
    public boolean isWithPeople() throws IOException, InterruptedException {
        var session =
                succeeded(api.get("%s/sessions/%s".formatted(BOT, sessionId), token), "The session cannot be read");
        return PEOPLE.contains(session.attributes().getString("owner"));
    }

    private static List<JSONObject> answersTo(@Nullable String question, List<JSONObject> messages) {
        return messages.stream()
                .filter(message -> message.getJSONObject("attributes") instanceof JSONObject attributes
                        && Objects.equals(attributes.getString("reply_to"), question))
                .toList();
    }

    private static String issued(Reply reply) throws IOException {
        return Objects.requireNonNull(succeeded(reply, "No token").attributes().getString("token"));
    }

    private static Reply succeeded(Reply reply, String otherwise) throws IOException {
        if (!reply.ok()) {
            throw new IOException(otherwise + ": " + reply.reason());
        }
        return reply;
    }
}
