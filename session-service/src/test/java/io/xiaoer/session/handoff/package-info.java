@NullMarked
package io.xiaoer.session.handoff;

import org.jspecify.annotations.NullMarked;
