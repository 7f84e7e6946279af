/// Sensitive words: what a shop does not want to be said, found in linear time however it is written, masked in the
/// original text. A built-in list, kept small and precise, stands under each shop's own categories, which travel with
/// the shop's settings; every service that handles words keeps the last copy. A text without such words is looked at
/// without any allocation, since nearly all are such. Words are never logged nor counted by themselves: figures name
/// categories.
@NullMarked
package io.xiaoer.common.words;

import org.jspecify.annotations.NullMarked;
