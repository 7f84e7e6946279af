@NullMarked
package io.xiaoer.identity.client;

import org.jspecify.annotations.NullMarked;
