package io.xiaoer.session.conversation;

import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Tongue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// The language that a shopper speaks: that of what they said last, else the one that their session was opened with.
/// Asked where the owner of a session changes, never on the way of a message.
@Component
public class Spoken {

    private static final String NEWEST = Long.toString(Long.MAX_VALUE);
    private static final int LOOKED_AT = 30;

    private final ConversationLog log;

    Spoken(ConversationLog log) {
        this.log = log;
    }

    /// The language to speak in.
    public Tongue in(SessionRow row) {
        return Tongue.of(said(row), row.locale());
    }

    private List<String> said(SessionRow row) {
        try {
            return log.readBefore(row.user(), NEWEST, LOOKED_AT).stream()
                    .map(Spoken::words)
                    .filter(Objects::nonNull)
                    .toList();
        } catch (DataAccessException e) {
            // What is to be said tells of it, if Redis is still away then.
            return List.of();
        }
    }

    /// What a shopper said in words, null for all else, what this version cannot read included.
    private static @Nullable String words(MessageResource resource) {
        try {
            Message message = resource.message();
            return message.from().role() == Role.USER && message.content() instanceof Content.Text(var text)
                    ? text
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
