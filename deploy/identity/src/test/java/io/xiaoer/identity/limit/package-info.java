@NullMarked
package io.xiaoer.identity.limit;

import org.jspecify.annotations.NullMarked;
