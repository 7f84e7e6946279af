package io.xiaoer.bot.dialog.store;

import java.time.Instant;

/// A row of `dialog_flow_head`: which version talks to whom.
///
/// @param version 0 for the one that is built in
/// @param canary the version for the tails, 0 for none
/// @param tails digits
record FlowHead(String shopId, String name, int version, int canary, String tails, Instant updatedAt) {

    /// The version that is built in.
    static final int BUILT_IN = 0;

    /// The version for a user with this tail.
    int versionFor(int tail) {
        return canary > 0 && tails.indexOf('0' + tail) >= 0 ? canary : version;
    }
}
