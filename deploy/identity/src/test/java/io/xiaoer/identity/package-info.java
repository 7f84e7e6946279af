@NullMarked
package io.xiaoer.identity;

import org.jspecify.annotations.NullMarked;
