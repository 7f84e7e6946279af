package io.xiaoer.bot.dialog.engine;

import io.xiaoer.common.message.Content;
import org.jspecify.annotations.Nullable;

/// What became of a turn.
public sealed interface Turned {

    /// The dialog says something, and its state moves with that.
    ///
    /// @param flow that talked last
    /// @param faqId the entry that answered in between, null if none did
    /// @param after the state behind it, null if no flow is under way any more
    record Said(
            Content content,
            String flow,
            @Nullable String faqId,
            @Nullable DialogState after,
            Outcome outcome) implements Turned {}

    /// A person takes over.
    ///
    /// @param reason for the queue
    /// @param over whether the dialogs end with it, even if nobody is there
    /// @param before the state that the person gets to see
    /// @param otherwise what is said if nobody is there
    record Person(String reason, String flow, boolean over, DialogState before, Content otherwise) implements Turned {}

    /// A write was due, and its question is not the bot's to answer any more: nothing was done, and nothing moves.
    ///
    /// @param flow that wanted it
    record Overtaken(String flow) implements Turned {}

    /// It is nothing for the dialog.
    record Passed() implements Turned {}

    /// How a turn was understood.
    enum Outcome {
        BEGUN,
        ANSWERED,
        CORRECTED,
        INTERRUPTED,
        FAQ,
        ORDERS,
        UNMATCHED,
        CANCELLED,
        BACK,
        RESTARTED,
        STALE,
        RESUMED,
        OVERTAKEN
    }

    /// It is nothing for the dialog.
    Turned PASSED = new Passed();
}
