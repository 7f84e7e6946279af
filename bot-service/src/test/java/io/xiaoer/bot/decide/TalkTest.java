package io.xiaoer.bot.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What sources see of the talk before a question.
class TalkTest {

    private final List<Message> log = new ArrayList<>();

    @Test
    void theLastTenRoundsAreSeenWithWhatPeopleSaid() {
        for (int round = 1; round <= 12; round++) {
            said(Role.USER, "question " + round);
            said(Role.USER, "more of " + round);
            said(round % 2 == 0 ? Role.AGENT : Role.BOT, "answer " + round);
        }

        var said = talk().said();

        assertThat(said).hasSize(30);
        assertThat(said.getFirst().content()).isEqualTo(new Content.Text("question 3"));
        assertThat(said.getLast().content()).isEqualTo(new Content.Text("answer 12"));
        assertThat(said.stream().map(message -> message.from().role())).contains(Role.AGENT, Role.BOT, Role.USER);
    }

    @Test
    void noticesAreNoTalk() {
        said(Role.USER, "hello");
        log.add(message(Role.SYSTEM, new Content.Notice("overdue", "sorry")));
        said(Role.BOT, "hello");

        assertThat(talk().said()).hasSize(2);
    }

    @Test
    void whatABotSaidFirstBelongsToTheTalk() {
        said(Role.BOT, "welcome");

        assertThat(talk().said()).hasSize(1);
    }

    @Test
    void itIsReadOnceAndOnlyWhenAskedFor() {
        var reads = new AtomicInteger();
        var talk = new Talk(() -> {
            reads.incrementAndGet();
            return List.of();
        });
        assertThat(reads).hasValue(0);

        assertThat(talk.said()).isEmpty();
        assertThat(talk.said()).isEmpty();

        assertThat(reads).hasValue(1);
    }

    private void said(Role role, String text) {
        log.add(message(role, new Content.Text(text)));
    }

    private Message message(Role role, Content content) {
        return new Message(
                Integer.toString(log.size() + 1), "1", new Sender(role, "x", null), Instant.EPOCH, content, null, null);
    }

    private Talk talk() {
        return new Talk(log::reversed);
    }
}
