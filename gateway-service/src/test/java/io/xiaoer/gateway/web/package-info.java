@NullMarked
package io.xiaoer.gateway.web;

import org.jspecify.annotations.NullMarked;
