package io.xiaoer.bot.intake;

import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Talk;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.event.BotQuery;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Role;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Reads questions from their records, in two steps: whose it is first, so that even what cannot be understood can be
/// told so.
@Component
final class QuestionReader {

    private static final Logger LOGGER = LoggerFactory.getLogger(QuestionReader.class);

    private static final Pattern WORD = Pattern.compile("\\p{IsLatin}{2,}[.!?~ ]*");

    private final ConversationLog log;

    QuestionReader(ConversationLog log) {
        this.log = log;
    }

    /// The envelope.
    ///
    /// @throws Unprocessable if there is none
    Asked address(ConsumerRecord<String, byte[]> record) {
        try {
            var query = EventJson.decode(record.value(), BotQuery.class);
            if (query.id().equals(SnowflakeIds.ZERO)
                    || !SnowflakeIds.isId(query.id())
                    || query.sessionId().isEmpty()) {
                throw new Unprocessable("unreadable_question", "the envelope lacks its ids");
            }
            var user = UserKey.parse(query.user());
            return new Asked(user, query.sessionId(), query.id(), Language.ofTag(query.locale()), query);
        } catch (EventJson.Unreadable | IllegalArgumentException e) {
            throw new Unprocessable("unreadable_question", "not a readable question", e);
        }
    }

    /// What is asked.
    ///
    /// @throws Unprocessable if it cannot be read
    Question question(Asked asked) {
        try {
            var query = asked.query();
            var message = Message.of(asked.id(), query.body());
            var talk = new Talk(() -> before(asked));
            return new Question(
                    asked.id(),
                    asked.user(),
                    asked.sessionId(),
                    query.number(),
                    message.content(),
                    language(message.content(), asked.language(), talk),
                    query.orderId().isEmpty() ? null : query.orderId(),
                    message.sentAt(),
                    talk);
        } catch (RuntimeException e) {
            throw new Unprocessable("unreadable_question", "not a readable question", e);
        }
    }

    private List<Message> before(Asked asked) {
        try {
            return log.readBefore(asked.user(), asked.id(), Talk.MOST_MESSAGES).stream()
                    .map(MessageResource::message)
                    .toList();
        } catch (DataAccessException e) {
            LOGGER.atDebug().addKeyValue("message_id", asked.id()).log("A question is answered without its talk");
            return List.of();
        }
    }

    /// The language of what is asked: of words that do not show it (ok, a number) that of the words
    /// before.
    private static Language language(Content content, Language session, Talk talk) {
        return switch (content) {
            case Content.Text(var text) ->
                Language.isShownBy(text) ? Language.of(text, session) : spoken(talk, Language.of(text, session));
            case Content.Action(var _, var label) -> Language.of(label, session);
            case Content.Image _, Content.Card _, Content.Choice _, Content.Notice _ -> session;
        };
    }

    /// The language that the shopper spoke last before a question; if nothing they said shows it, that
    /// of a word (hi).
    private static Language spoken(Talk talk, Language otherwise) {
        var said = talk.said().reversed().stream()
                .filter(message -> message.from().role() == Role.USER)
                .map(message -> message.content() instanceof Content.Text(var text) ? text : "")
                .toList();
        return Stream.concat(
                        said.stream().filter(Language::isShownBy),
                        said.stream().filter(text -> WORD.matcher(text).matches()))
                .findFirst()
                .map(text -> Language.of(text, otherwise))
                .orElse(otherwise);
    }
}
