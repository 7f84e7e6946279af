@NullMarked
package io.xiaoer.ordersync.erasure;

import org.jspecify.annotations.NullMarked;
