package io.xiaoer.common.rest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How much a call's `@RequestBody` may have, where what is allowed in it does not fit `xiaoer.rest.max-body`.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface LargestBody {
    /// As `2MB`.
    String value();
}
