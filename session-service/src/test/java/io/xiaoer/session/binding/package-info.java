@NullMarked
package io.xiaoer.session.binding;

import org.jspecify.annotations.NullMarked;
