/// The WebSocket of shoppers and agents, subprotocol `xiaoer.v1`. A handshake is refused before the upgrade; after it
/// the first word is `welcome`. Frames of one connection are handled one after the other, each on a virtual thread,
/// and the next is read from the wire when the one before is done, so a client that hurries waits on its own socket.
/// What goes out is bounded as well: a reader that stands still is closed, and nobody else notices.
@NullMarked
package io.xiaoer.session.connection;

import org.jspecify.annotations.NullMarked;
