@NullMarked
package io.xiaoer.session.token;

import org.jspecify.annotations.NullMarked;
