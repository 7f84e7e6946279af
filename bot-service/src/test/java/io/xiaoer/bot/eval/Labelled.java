package io.xiaoer.bot.eval;

import java.util.List;

/// A question and what serves it.
///
/// @param labels alike right, the first one being what is served best
record Labelled(String text, List<String> labels) {

    /// What the shop does not serve.
    static final String UNSUPPORTED = "unsupported";

    /// What asks for a person.
    static final String HUMAN = "human";

    Labelled {
        labels = List.copyOf(labels);
    }

    String label() {
        return labels.getFirst();
    }

    boolean isUnsupported() {
        return label().equals(UNSUPPORTED);
    }

    boolean asksForAPerson() {
        return label().equals(HUMAN);
    }
}
