/// People who sign in: agents, by a page of this server, with the client id and secret that the list gives them. A
/// console in the browser gets their token by authorization code with PKCE and holds no secret of its own.
@NullMarked
package io.xiaoer.identity.person;

import org.jspecify.annotations.NullMarked;
