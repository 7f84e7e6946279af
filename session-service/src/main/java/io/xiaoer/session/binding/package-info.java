/// A guest becomes a user: all sessions and messages of the guest are the user's from one commit on, under their ids,
/// while both go on writing.
///
/// The commit is a row of `guest_alias` and the guest's session rows; messages are not touched. What follows shows it:
/// the guest's log is marked, the user's is filled anew from both, sessions are found under the user, devices of both
/// begin again. Each of these steps may be repeated, and is until the alias is done, whichever process dies.
@NullMarked
package io.xiaoer.session.binding;

import org.jspecify.annotations.NullMarked;
