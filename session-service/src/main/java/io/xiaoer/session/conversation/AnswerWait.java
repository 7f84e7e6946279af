package io.xiaoer.session.conversation;

import io.xiaoer.common.message.MessageResource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Waits for the message that answers one question. It listens from before the question is asked, when the question has
/// no id yet, and so keeps the last replies that it hears.
final class AnswerWait {

    private static final int REPLIES_KEPT = 32;

    private final CompletableFuture<MessageResource> answer = new CompletableFuture<>();
    private final Map<String, MessageResource> heard = new LinkedHashMap<>();
    private @Nullable String question;

    /// Takes what comes into the log; never waits.
    void hear(MessageResource message) {
        String replyTo = message.message().replyTo();
        if (replyTo != null) {
            hear(replyTo, message);
        }
    }

    /// The question has this id.
    ///
    /// @return what answers it, now or later
    synchronized CompletableFuture<MessageResource> of(String id) {
        question = id;
        var known = heard.get(id);
        heard.clear();
        if (known != null) {
            answer.complete(known);
        }
        return answer;
    }

    private synchronized void hear(String replyTo, MessageResource message) {
        if (question == null) {
            if (heard.size() < REPLIES_KEPT) {
                heard.putIfAbsent(replyTo, message);
            }
        } else if (question.equals(replyTo)) {
            answer.complete(message);
        }
    }
}
