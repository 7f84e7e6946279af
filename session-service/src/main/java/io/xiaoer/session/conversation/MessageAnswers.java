package io.xiaoer.session.conversation;

import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.session.archive.History;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/// What is answered about messages.
final class MessageAnswers {

    /// The notice that no answer came within the wait.
    static final String THINKING = "正在思考中";

    private static final String APPLIED = "Preference-Applied";

    private MessageAnswers() {}

    /// The acknowledgement.
    ///
    /// @param granted the wait that was granted; null if none was asked for
    static ResponseEntity<Answer<MessageView>> accepted(
            MessageRoad.Sending sending, MessageRoad.Outcome.Accepted accepted, @Nullable Duration granted) {
        return answer(HttpStatus.ACCEPTED, granted, acknowledgement(sending, accepted));
    }

    /// The acknowledgement of a question that has no answer yet.
    static ResponseEntity<Answer<MessageView>> thinking(
            MessageRoad.Sending sending, MessageRoad.Outcome.Accepted accepted, Duration granted) {
        return answer(
                HttpStatus.ACCEPTED, granted, acknowledgement(sending, accepted).meta("notice", THINKING));
    }

    /// The acknowledgement with the answer.
    static ResponseEntity<Answer<MessageView>> answered(
            MessageRoad.Sending sending,
            MessageRoad.Outcome.Accepted accepted,
            MessageResource reply,
            Duration granted) {
        return answer(
                HttpStatus.OK,
                granted,
                acknowledgement(sending, accepted)
                        .including(List.of(MessageView.of(reply, sending.from().role()))));
    }

    /// A piece of the log.
    ///
    /// @param reader whose call it is, `user` or `agent`
    static ResponseEntity<Answer<List<MessageView>>> page(History.Page page, Role reader) {
        var messages = page.messages().stream()
                .map(message -> MessageView.of(message, reader))
                .toList();
        return ResponseEntity.ok(Answer.of(messages).meta("last", page.last()));
    }

    private static Answer<MessageView> acknowledgement(
            MessageRoad.Sending sending, MessageRoad.Outcome.Accepted accepted) {
        return Answer.of(MessageView.of(accepted.message(), sending.from().role()))
                .meta("id", sending.clientId())
                .meta("duplicate", accepted.duplicate());
    }

    private static <T> ResponseEntity<Answer<T>> answer(
            HttpStatus status, @Nullable Duration granted, Answer<T> answer) {
        var response = ResponseEntity.status(status);
        if (granted != null) {
            response.header(APPLIED, "wait=" + granted.toSeconds());
        }
        return response.body(answer);
    }
}
