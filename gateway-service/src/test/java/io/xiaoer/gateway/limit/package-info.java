@NullMarked
package io.xiaoer.gateway.limit;

import org.jspecify.annotations.NullMarked;
