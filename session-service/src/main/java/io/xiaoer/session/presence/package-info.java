/// Who is online where: the connections, watchers and long polls of a user, each with the node that holds it. An
/// append publishes to exactly these nodes. An entry without a sign of life for 90 s no longer counts, so a node that
/// died needs nobody to clean up after it.
@NullMarked
package io.xiaoer.session.presence;

import org.jspecify.annotations.NullMarked;
