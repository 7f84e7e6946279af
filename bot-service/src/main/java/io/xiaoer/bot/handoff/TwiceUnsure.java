package io.xiaoer.bot.handoff;

import io.xiaoer.bot.decide.AnswerSource;
import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.decide.Stage;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Role;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Wants a person for whoever could not be answered twice in a row. What was answered last stands in the log, so
/// nothing has to be remembered here; it is read only for questions that no other source could answer.
@Component
final class TwiceUnsure implements AnswerSource {

    static final String REASON = "low_confidence";

    private static final Logger LOGGER = LoggerFactory.getLogger(TwiceUnsure.class);
    private static final Duration LOOKED_BACK = Duration.ofMinutes(10);

    private final ConversationLog log;

    TwiceUnsure(ConversationLog log) {
        this.log = log;
    }

    @Override
    public Stage stage() {
        return Stage.HAND_OFF;
    }

    @Override
    public Verdict consider(Question question, Deadline deadline) {
        try {
            var recent = log.read(
                    question.user(),
                    SnowflakeIds.atTime(question.askedAt().minus(LOOKED_BACK)),
                    ConversationLog.MAX_READ);
            return recent.messages().reversed().stream()
                    .map(MessageResource::message)
                    .filter(message -> isAnswer(message, question))
                    .findFirst()
                    .filter(TwiceUnsure::isUnsure)
                    .<Verdict>map(last -> new Verdict.HandOff(REASON))
                    .orElse(Verdict.PASSED);
        } catch (DataAccessException e) {
            LOGGER.atDebug().addKeyValue("message_id", question.id()).log("The last answer could not be looked up");
            return Verdict.PASSED;
        }
    }

    /// The answer to another question of the session, or a word of the suite in its place.
    private static boolean isAnswer(Message message, Question question) {
        return message.replyTo() != null
                && !message.replyTo().equals(question.id())
                && question.sessionId().equals(message.sessionId());
    }

    private static boolean isUnsure(Message message) {
        return message.from().role() == Role.BOT
                && message.answer() != null
                && message.answer().source().equals(Source.NONE.label());
    }
}
