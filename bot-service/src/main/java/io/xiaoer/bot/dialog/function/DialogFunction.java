package io.xiaoer.bot.dialog.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a method of a bean as a function that dialogs may call. The method takes a record, whose components are the
/// arguments, and a [Call], and returns a record or a list of records. The catalogue `dialog/functions.yml` must name
/// it with the same arguments; the application does not start if they differ.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface DialogFunction {

    /// The name in the catalogue, `orders.search` for example.
    String value();
}
