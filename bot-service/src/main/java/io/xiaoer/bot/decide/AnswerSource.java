package io.xiaoer.bot.decide;

/// Something that may know an answer. Beans of this type form the row of sources, ordered by their stage, within a
/// stage by `@Order`. Asked by many threads at once; asking twice has no effect beyond the answer.
public interface AnswerSource {

    /// Its place in the row.
    Stage stage();

    /// Answers, passes, or says what failed; may be interrupted at the deadline.
    Verdict consider(Question question, Deadline deadline);

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
