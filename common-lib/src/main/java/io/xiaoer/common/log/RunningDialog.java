package io.xiaoer.common.log;

/// The dialog that runs in a log, as [ConversationLog#markMoved] found it.
///
/// @param state JSON, empty if none runs
/// @param question the last one that moved it, empty if none did
public record RunningDialog(String state, String question) {

    /// No dialog runs.
    public static final RunningDialog NONE = new RunningDialog("", "");
}
