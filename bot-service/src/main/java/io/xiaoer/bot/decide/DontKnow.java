package io.xiaoer.bot.decide;

import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.message.Content;
import java.util.List;
import org.springframework.stereotype.Component;

/// The honest end of the row: says that nobody knows, or that what would know does not answer, and offers a person.
@Component
public final class DontKnow {

    /// What the offer of a person gives when it is pressed.
    public static final String HANDOFF_PAYLOAD = "handoff";

    private final Wording wording;

    public DontKnow(Wording wording) {
        this.wording = wording;
    }

    /// @param failed what might have known but did not answer
    public Reply reply(Question question, List<String> failed) {
        String key = question.text().isEmpty() ? "cannot_read" : failed.isEmpty() ? "unknown" : "unavailable";
        return Reply.of(offer(question, wording.say(question.language(), key)), Source.NONE, 0, null);
    }

    /// Words with the offer of a person beneath.
    public Content offer(Question question, String text) {
        String label = wording.say(question.language(), "offer_person");
        return new Content.Choice(text, null, List.of(new Content.Option(label, HANDOFF_PAYLOAD, null)));
    }
}
