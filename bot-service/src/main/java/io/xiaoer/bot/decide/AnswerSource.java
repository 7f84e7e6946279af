package io.xiaoer.bot.decide;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Something that may know an answer. Beans of this type form the row of sources, ordered by their stage, within a
/// stage by `@Order`. Asked by many threads at once; asking twice has no effect beyond the answer.
public interface AnswerSource {

    /// Its place in the row.
    Stage stage();

    /// Answers, passes, or says what failed; may be interrupted at the deadline.
    Verdict consider(Question question, Deadline deadline);

    /// Begins to fetch, without waiting for it, what this source will need for a question. Called once
    /// for each question before any source is asked, so that what several of them need from elsewhere
    /// takes the time of one.
    ///
    /// @return what is asked in its turn, [#consider] unless something is under way
    default Considering ahead(Question question) {
        return this::consider;
    }

    /// How long it may take, of a time of its own: that of the others stands still meanwhile. Null if it shares theirs.
    default @Nullable Duration patience() {
        return null;
    }

    /// A source from a function, with a time of its own.
    static AnswerSource patient(Stage stage, Duration patience, Considering considering) {
        return new AnswerSource() {
            @Override
            public Stage stage() {
                return stage;
            }

            @Override
            public Duration patience() {
                return patience;
            }

            @Override
            public Verdict consider(Question question, Deadline deadline) {
                return considering.consider(question, deadline);
            }
        };
    }

    /// A source from a function.
    static AnswerSource at(Stage stage, Considering considering) {
        return new AnswerSource() {
            @Override
            public Stage stage() {
                return stage;
            }

            @Override
            public Verdict consider(Question question, Deadline deadline) {
                return considering.consider(question, deadline);
            }
        };
    }

    /// What a source does.
    @FunctionalInterface
    interface Considering {
        Verdict consider(Question question, Deadline deadline);
    }
}
