package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Somebody who reads better than the rules, and is asked where these know nothing: chooses one of what a message may
/// mean. It gets no other say; that something is to be done is never among it.
@FunctionalInterface
public interface Judge {

    /// Nobody is asked.
    Judge NOBODY = (question, asked, candidates, deadline) -> null;

    /// The id of what the message means; null if that is none of them, or nobody knows in time.
    ///
    /// @param asked what the shopper was asked last
    /// @param candidates at least one
    @Nullable
    String choose(Question question, String asked, List<Candidate> candidates, Deadline deadline);

    /// Something that may be meant.
    ///
    /// @param meaning in words
    record Candidate(String id, String meaning) {}
}
