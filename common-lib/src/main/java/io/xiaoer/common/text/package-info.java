/// How words are looked at wherever they are said: their plain form, in which two ways of writing the
/// same are equal, rules that are found in it, and whether somebody speaks of not wanting to live.
/// Nothing here knows a shop.
@NullMarked
package io.xiaoer.common.text;

import org.jspecify.annotations.NullMarked;
