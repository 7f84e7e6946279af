/// A shopper is erased on demand: the tasks that carry what they said are emptied and given up. What a merchant has
/// done for them, the commands, is the merchant's and stays.
@NullMarked
package io.xiaoer.compensation.erasure;

import org.jspecify.annotations.NullMarked;
