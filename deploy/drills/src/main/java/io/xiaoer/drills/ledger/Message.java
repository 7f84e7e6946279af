package io.xiaoer.drills.ledger;

import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONWriter;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A message as the suite shows it.
///
/// @param content the whole content, written so that equal contents are equal texts
/// @param text what was said, if it was a text
/// @param notice the code, if it is a notice
public record Message(
        String id,
        String prev,
        String role,
        @Nullable String replyTo,
        String content,
        @Nullable String text,
        @Nullable String notice) {

    /// The id before the first of each log.
    public static final String ZERO = "0";

    /// Ids in their order: by length, then by characters.
    public static final Comparator<String> IDS =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    /// Reads a resource of type `message`.
    public static Message of(JSONObject resource) {
        JSONObject attributes = Objects.requireNonNull(resource.getJSONObject("attributes"));
        JSONObject content = Objects.requireNonNull(attributes.getJSONObject("content"));
        JSONObject from = Objects.requireNonNull(attributes.getJSONObject("from"));
        boolean isNotice = "notice".equals(content.getString("kind"));
        return new Message(
                Objects.requireNonNull(resource.getString("id")),
                Objects.requireNonNull(attributes.getString("prev")),
                Objects.requireNonNull(from.getString("role")),
                attributes.getString("reply_to"),
                content.toString(JSONWriter.Feature.SortMapEntriesByKeys),
                content.getString("text"),
                isNotice ? content.getString("code") : null);
    }

    /// A shopper said it.
    public boolean said() {
        return role.equals("user");
    }
}
