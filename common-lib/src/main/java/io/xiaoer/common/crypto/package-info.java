/// Keeps personal fields unreadable in the database. [FieldCipher] encrypts a value for one place (table,
/// row, column) and reads it back only there; [FieldHash] gives a keyed hash for finding a value again
/// without reading it. Keys come from a [KeysetSource]; every key of the keyset still reads, its primary
/// key writes. Nothing here prints a key or a plain text.
@NullMarked
package io.xiaoer.common.crypto;

import org.jspecify.annotations.NullMarked;
