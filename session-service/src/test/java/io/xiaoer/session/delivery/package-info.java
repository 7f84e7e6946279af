/// The order of delivery, without a network.
@NullMarked
package io.xiaoer.session.delivery;

import org.jspecify.annotations.NullMarked;
