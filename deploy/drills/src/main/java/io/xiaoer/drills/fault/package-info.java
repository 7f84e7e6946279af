/// What can break, one fault each, and how it is broken and watched until it is whole again.
@NullMarked
package io.xiaoer.drills.fault;

import org.jspecify.annotations.NullMarked;
