package io.xiaoer.compensation.audit;

import java.time.Instant;

/// One line of a task's history.
///
/// @param actor the subject of the token, or this service for what it does by itself
public record AuditEntry(String actor, String action, String detail, Instant doneAt) {}
