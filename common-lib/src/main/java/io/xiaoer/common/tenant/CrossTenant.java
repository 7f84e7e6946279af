package io.xiaoer.common.tenant;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Lets a mapper method read or write the rows of several shops: a relay, a sweeper, an operator's list.
/// Each use is named in a test, so that a new one is seen in review.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface CrossTenant {
    /// Why this statement belongs to no single shop.
    String reason();
}
