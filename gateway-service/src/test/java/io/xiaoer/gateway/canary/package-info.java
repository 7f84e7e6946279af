@NullMarked
package io.xiaoer.gateway.canary;

import org.jspecify.annotations.NullMarked;
