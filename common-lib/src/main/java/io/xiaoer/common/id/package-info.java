/// Identity of everything that crosses a process border: time-ordered ids, shops and users, parsed once at the edge.
@NullMarked
package io.xiaoer.common.id;

import org.jspecify.annotations.NullMarked;
