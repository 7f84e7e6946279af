/// The start of an instance: it waits for what it needs, says for what, and is ready once each has been there. What
/// goes away later is a matter of the calls that need it; an instance that was ready stays so.
@NullMarked
package io.xiaoer.session.start;

import org.jspecify.annotations.NullMarked;
