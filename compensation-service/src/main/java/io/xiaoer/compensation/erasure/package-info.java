/// A shopper is erased on demand: the tasks that carry what they said, or what they are told of commands, are emptied
/// and given up, and so is what a dead letter that comes later makes of a record of that time. What a merchant has done
/// for them, the commands, is the merchant's and stays.
@NullMarked
package io.xiaoer.compensation.erasure;

import org.jspecify.annotations.NullMarked;
