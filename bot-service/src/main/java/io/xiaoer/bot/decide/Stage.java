package io.xiaoer.bot.decide;

import java.util.Locale;

/// The places in the row of sources, first to last.
public enum Stage {
    /// A dialog that runs goes on.
    RUNNING_DIALOG,
    /// The shopper asks for a person in so many words.
    PERSON_WANTED,
    /// Words that the shop's FAQ knows as they are.
    FAQ_CACHE,
    /// A dialog that the question starts.
    STARTED_DIALOG,
    /// What the FAQ finds.
    FAQ,
    /// A generative model.
    GENERATION,
    /// A person, if a policy of the shop wants one for what nobody knew.
    HAND_OFF;

    /// The name in metrics and logs.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
