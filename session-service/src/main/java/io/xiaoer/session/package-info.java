/// The service that owns shops, sessions, connections and the tokens of shoppers and services.
/// Each package below this one is a capability; this one only starts them.
@NullMarked
package io.xiaoer.session;

import org.jspecify.annotations.NullMarked;
