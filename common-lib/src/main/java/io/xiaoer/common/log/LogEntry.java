package io.xiaoer.common.log;

/// A message as the archive gives it back to the log.
///
/// @param nonce the field it is known under
/// @param hash of its content
/// @param body its stored form
public record LogEntry(String id, String nonce, String hash, String body) {}
