/// The two demo shops: their orders, questions and coupons, loaded through the public API like any merchant's.
@NullMarked
package io.xiaoer.local.demo;

import org.jspecify.annotations.NullMarked;
