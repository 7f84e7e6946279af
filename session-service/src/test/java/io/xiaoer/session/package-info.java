@NullMarked
package io.xiaoer.session;

import org.jspecify.annotations.NullMarked;
