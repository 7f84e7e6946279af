@NullMarked
package io.xiaoer.identity.access;

import org.jspecify.annotations.NullMarked;
