@NullMarked
package io.xiaoer.session.overview;

import org.jspecify.annotations.NullMarked;
