package io.xiaoer.common.problem;

/// One value that broke its rule.
///
/// @param field the path of the value as the caller wrote it, e.g. `items[0].sku`, or the name of a parameter or header
/// @param reason the rule in words
public record FieldError(String field, String reason) {}
