/// Encrypts fields anew that stand under an older key. A service names its tables with encrypted fields
/// ([SealedTable]) and makes one [Resealing] over them; a row names its key, so that whoever goes on after a crash
/// finds what is left. Once no table has a row under a key, nothing needs it any more.
@NullMarked
package io.xiaoer.common.resealing;

import org.jspecify.annotations.NullMarked;
