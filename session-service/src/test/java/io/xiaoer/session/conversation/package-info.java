/// Conversations as a client meets them, over real servers.
@NullMarked
package io.xiaoer.session.conversation;

import org.jspecify.annotations.NullMarked;
