/// The form of REST bodies: `data`, `included`, `meta`, in JSON or XML, read in any declared charset.
///
/// Services import [io.xiaoer.common.rest.RestConfiguration] and write controllers with plain records: names become
/// `snake_case`, times are answered in UTC, unknown fields are ignored, unknown enum values refused, components that
/// are not `@Nullable` are required (collections: empty when absent), a text is no number and a number no text.
/// `application/xml` works for every such record in
/// both directions, by one walk over the JSON tree.
@NullMarked
package io.xiaoer.common.rest;

import org.jspecify.annotations.NullMarked;
