@NullMarked
package io.xiaoer.gateway.docs;

import org.jspecify.annotations.NullMarked;
