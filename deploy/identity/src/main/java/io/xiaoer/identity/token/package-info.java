/// What a token looks like (RFC 9068) and the key that signs it.
@NullMarked
package io.xiaoer.identity.token;

import org.jspecify.annotations.NullMarked;
