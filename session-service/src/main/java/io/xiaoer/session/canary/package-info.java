/// Which shoppers a new version serves, as operators say it. The row decides; Redis shows it to the gateways, written
/// again each second by every instance, so that a change is everywhere within seconds and an emptied Redis learns it
/// anew. When nobody writes it any more it expires, and all shoppers are served as before.
@NullMarked
package io.xiaoer.session.canary;

import org.jspecify.annotations.NullMarked;
