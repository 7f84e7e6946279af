@NullMarked
package io.xiaoer.session.retention;

import org.jspecify.annotations.NullMarked;
