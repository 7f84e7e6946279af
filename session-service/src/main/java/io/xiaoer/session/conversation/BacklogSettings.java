package io.xiaoer.session.conversation;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The installation's own bound of a backlog, `xiaoer.backlog.*`.
///
/// @param waitingQuestions the most questions of a shop that may wait for the bot, whatever the shop has set
@ConfigurationProperties("xiaoer.backlog")
record BacklogSettings(@DefaultValue("1000000") int waitingQuestions) {

    BacklogSettings {
        if (waitingQuestions < 1) {
            throw new IllegalArgumentException(
                    "xiaoer.backlog.waiting-questions = " + waitingQuestions + " must be at least 1");
        }
    }
}
