package io.xiaoer.session.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Role;
import java.util.Map;

/// A message in an answer. `session_id` is written even when it is null: a message of no session says so.
record MessageView(
        String id,
        String type,
        @JsonInclude(content = JsonInclude.Include.ALWAYS) Map<String, Object> attributes) {

    /// @param reader an agent sees what words were found in it, a shopper does not
    static MessageView of(MessageResource message, Role reader) {
        var shown = reader == Role.AGENT ? message : message.forShoppers();
        return new MessageView(shown.id(), "message", shown.attributes());
    }
}
