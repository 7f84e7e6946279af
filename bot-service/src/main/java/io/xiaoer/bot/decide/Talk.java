package io.xiaoer.bot.decide;

import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What was said before a question: the last [#ROUNDS] rounds, of shopper, bot and people alike. Read when a source
/// first asks for it, once for all sources; a question that no source asks it for costs no read.
public final class Talk {

    /// The most rounds. A round begins when the shopper says something after somebody else did.
    public static final int ROUNDS = 10;

    /// The most messages that are read for them.
    public static final int MOST_MESSAGES = 100;

    /// Nothing was said.
    public static final Talk NONE = new Talk(List::of);

    private final Supplier<List<Message>> read;
    private @Nullable List<Message> said;

    /// @param read the messages before the question, newest first; does not throw
    public Talk(Supplier<List<Message>> read) {
        this.read = read;
    }

    /// What was said, oldest first; without notices, which are no talk. Empty if it cannot be read now.
    public synchronized List<Message> said() {
        var known = said;
        if (known == null) {
            known = lastRounds(read.get());
            said = known;
        }
        return known;
    }

    private static List<Message> lastRounds(List<Message> newestFirst) {
        var kept = new ArrayList<Message>();
        int rounds = 0;
        boolean shopperSpoke = false;
        for (Message message : newestFirst) {
            if (message.content() instanceof Content.Notice) {
                continue;
            }
            boolean shopper = message.from().role() == Role.USER;
            if (shopperSpoke && !shopper && ++rounds == ROUNDS) {
                break;
            }
            shopperSpoke = shopper;
            kept.add(message);
        }
        return List.copyOf(kept.reversed());
    }
}
