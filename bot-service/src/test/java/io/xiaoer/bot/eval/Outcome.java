package io.xiaoer.bot.eval;

import java.util.List;

/// What a question got.
sealed interface Outcome {

    /// An answer of the FAQ, or a dialog that began.
    record Answered(String label) implements Outcome {}

    /// Buttons to choose from.
    record Offered(List<String> labels) implements Outcome {
        public Offered {
            labels = List.copyOf(labels);
        }
    }

    /// A person.
    record Person() implements Outcome {}

    /// The honest sentence that it is not understood.
    record Unsure() implements Outcome {}
}
