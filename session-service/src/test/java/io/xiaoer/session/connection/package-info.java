/// Two whole nodes and real clients over real servers.
@NullMarked
package io.xiaoer.session.connection;

import org.jspecify.annotations.NullMarked;
