package io.xiaoer.bot.generate;

import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Verdict;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/// Tells for whom an answer is being written in this process, at this moment.
@Component
public final class Writings {

    private final Set<String> users = ConcurrentHashMap.newKeySet();

    /// Writes an answer to a question.
    Verdict write(Question question, Supplier<Verdict> writing) {
        String user = question.user().tag();
        users.add(user);
        try {
            return writing.get();
        } finally {
            users.remove(user);
        }
    }

    /// Whether an answer is being written for a user.
    ///
    /// @param user the tag
    public boolean isUnderWay(String user) {
        return users.contains(user);
    }
}
