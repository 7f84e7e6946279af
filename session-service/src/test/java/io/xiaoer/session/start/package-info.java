@NullMarked
package io.xiaoer.session.start;

import org.jspecify.annotations.NullMarked;
