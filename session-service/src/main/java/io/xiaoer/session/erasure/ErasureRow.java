package io.xiaoer.session.erasure;

import io.xiaoer.common.id.UserKey;

/// A row of `erasure` with work left.
///
/// @param upTo all messages up to this id go
/// @param triedAt when somebody last began to finish it, milliseconds since 1970
record ErasureRow(UserKey user, long upTo, long triedAt) {}
