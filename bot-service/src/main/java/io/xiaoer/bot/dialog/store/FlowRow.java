package io.xiaoer.bot.dialog.store;

import java.time.Instant;

/// A row of `dialog_flow`.
///
/// @param body the file as it was written
record FlowRow(String shopId, String name, int version, String body, Instant createdAt) {}
