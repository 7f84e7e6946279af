/// The other services of the suite, as the bot calls them: by name, for one shop, with an internal token, within
/// seconds.
@NullMarked
package io.xiaoer.bot.neighbour;

import org.jspecify.annotations.NullMarked;
