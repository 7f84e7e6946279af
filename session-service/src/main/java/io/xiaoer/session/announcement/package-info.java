/// Words of a shop to all its shoppers who are online at that moment. An announcement is stored in no log: it is
/// published once to all nodes, and each gives it to the connections of that shop as a stream, without making anybody
/// wait. Who is not there, or reads too slowly just then, does not get it.
@NullMarked
package io.xiaoer.session.announcement;

import org.jspecify.annotations.NullMarked;
