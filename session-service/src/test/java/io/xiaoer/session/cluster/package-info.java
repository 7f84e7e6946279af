@NullMarked
package io.xiaoer.session.cluster;

import org.jspecify.annotations.NullMarked;
