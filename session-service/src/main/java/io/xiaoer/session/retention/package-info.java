/// What is older than an installation keeps goes: messages, drafts, ended sessions with their ratings, the marks of
/// bindings and erasures. In bounded batches, by one node at a time.
@NullMarked
package io.xiaoer.session.retention;

import org.jspecify.annotations.NullMarked;
