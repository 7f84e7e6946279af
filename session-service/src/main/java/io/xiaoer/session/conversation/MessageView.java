package io.xiaoer.session.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.xiaoer.common.message.MessageResource;
import java.util.Map;

/// A message in an answer. `session_id` is written even when it is null: a message of no session says so.
record MessageView(
        String id,
        String type,
        @JsonInclude(content = JsonInclude.Include.ALWAYS) Map<String, Object> attributes) {

    static MessageView of(MessageResource message) {
        return new MessageView(message.id(), "message", message.attributes());
    }
}
