package io.xiaoer.common.log;

import io.xiaoer.common.message.MessageResource;
import java.util.List;

/// A piece of a log, read after an id.
///
/// @param cold Redis does not know this user; nothing else in here means anything
/// @param last the newest id of the log
/// @param gap messages between that id and the first of these stand in the archive alone
/// @param messages oldest first
public record LogSlice(boolean cold, String last, boolean gap, List<MessageResource> messages) {}
