/// The suite's own tokens: for guests, for shoppers a merchant vouches for, for services among each other, and the
/// tickets that stand for a token at a handshake. All are signed with one key, whose public part is published.
/// Nothing is remembered of a token; it proves itself by its signature.
@NullMarked
package io.xiaoer.session.token;

import org.jspecify.annotations.NullMarked;
