/// What shops have set for themselves, as this service last heard of it.
@NullMarked
package io.xiaoer.ordersync.shop;

import org.jspecify.annotations.NullMarked;
