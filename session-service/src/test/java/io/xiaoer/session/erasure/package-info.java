@NullMarked
package io.xiaoer.session.erasure;

import org.jspecify.annotations.NullMarked;
