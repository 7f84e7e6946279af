package io.xiaoer.common.message;

import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.common.json.PlainJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One turn of a conversation, immutable once it is in the log.
///
/// @param id orders the log of one user; given by the append
/// @param sessionId the session it was said in, null for what belongs to none
/// @param sentAt when the suite took it
/// @param replyTo the question that this answers
/// @param answer how an answer came about
/// @param flags the categories of sensitive words in it that agents are told of
public record Message(
        String id,
        @Nullable String sessionId,
        Sender from,
        Instant sentAt,
        Content content,
        @Nullable String replyTo,
        @Nullable Answer answer,
        List<String> flags) {

    /// A message without flags.
    public Message(
            String id,
            @Nullable String sessionId,
            Sender from,
            Instant sentAt,
            Content content,
            @Nullable String replyTo,
            @Nullable Answer answer) {
        this(id, sessionId, from, sentAt, content, replyTo, answer, List.of());
    }

    /// The attributes without `prev`, as a map in the contract's order.
    public Map<String, Object> attributes() {
        var map = new LinkedHashMap<String, Object>();
        map.put("session_id", sessionId);
        var author = new LinkedHashMap<String, Object>();
        author.put("role", from.role().label());
        author.put("id", from.id());
        if (from.name() != null) {
            author.put("name", from.name());
        }
        map.put("from", author);
        map.put("sent_at", sentAt.toString());
        map.put("content", content.toMap());
        if (replyTo != null) {
            map.put("reply_to", replyTo);
        }
        if (answer != null) {
            map.put("answer", answer.toMap());
        }
        if (!flags.isEmpty()) {
            map.put("flags", flags);
        }
        return map;
    }

    /// The stored form: the attributes as JSON, without `id` and `prev`, which the log itself knows. It fits a frame:
    /// long lists on a card are cut ([Fitting]).
    public String body() {
        return Fitting.json(attributes());
    }

    /// Reads a stored form.
    ///
    /// @throws IllegalArgumentException if it is not one
    public static Message of(String id, String body) {
        try {
            JSONObject map = PlainJson.object(body);
            JSONObject from = map.getJSONObject("from");
            JSONObject content = map.getJSONObject("content");
            if (from == null || content == null) {
                throw new IllegalArgumentException("not a stored message");
            }
            JSONObject answer = map.getJSONObject("answer");
            return new Message(
                    id,
                    map.getString("session_id"),
                    new Sender(Role.of(from.getString("role")), from.getString("id"), from.getString("name")),
                    Instant.parse(map.getString("sent_at")),
                    Content.parse(content),
                    map.getString("reply_to"),
                    answer == null ? null : Answer.parse(answer),
                    flags(map));
        } catch (InvalidContent e) {
            throw new IllegalArgumentException("not a stored message: " + e.field() + " " + e.getMessage(), e);
        } catch (JSONException e) {
            throw new IllegalArgumentException("not a stored message", e);
        }
    }

    private static List<String> flags(JSONObject map) {
        var flags = map.getList("flags", String.class);
        return flags == null ? List.of() : List.copyOf(flags);
    }
}
