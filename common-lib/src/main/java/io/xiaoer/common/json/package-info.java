/// JSON that others wrote.
@NullMarked
package io.xiaoer.common.json;

import org.jspecify.annotations.NullMarked;
