@NullMarked
package io.xiaoer.session.shop;

import org.jspecify.annotations.NullMarked;
