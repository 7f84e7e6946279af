/// How often one may fail to prove who one is.
@NullMarked
package io.xiaoer.identity.limit;

import org.jspecify.annotations.NullMarked;
