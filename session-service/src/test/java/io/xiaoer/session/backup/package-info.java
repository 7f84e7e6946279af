@NullMarked
package io.xiaoer.session.backup;

import org.jspecify.annotations.NullMarked;
