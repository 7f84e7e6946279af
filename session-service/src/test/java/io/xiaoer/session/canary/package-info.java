@NullMarked
package io.xiaoer.session.canary;

import org.jspecify.annotations.NullMarked;
