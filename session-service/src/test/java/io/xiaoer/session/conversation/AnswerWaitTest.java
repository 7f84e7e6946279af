package io.xiaoer.session.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Sender;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The wait for the answer to one question.
class AnswerWaitTest {

    private final AnswerWait wait = new AnswerWait();

    @Test
    void anAnswerThatComesBeforeTheAcknowledgementIsNotMissed() {
        wait.hear(reply("11", "10"));

        assertThat(wait.of("10")).isCompletedWithValue(reply("11", "10"));
    }

    @Test
    void theAnswerToAnotherQuestionIsNotTaken() {
        var answer = wait.of("10");

        wait.hear(reply("11", "9"));
        assertThat(answer).isNotDone();

        wait.hear(reply("12", "10"));
        assertThat(answer).isCompletedWithValue(reply("12", "10"));
    }

    private static MessageResource reply(String id, String question) {
        var message = new Message("", "1", Sender.BOT, Instant.EPOCH, new Content.Text("a"), question, null);
        return new MessageResource(id, question, message.body());
    }
}
