/// The clients that may ask for tokens: read once from the surroundings, checked field by field, and kept with
/// hashed secrets.
@NullMarked
package io.xiaoer.identity.client;

import org.jspecify.annotations.NullMarked;
