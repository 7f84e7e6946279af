/// Two shops: one has something of each kind, and somebody with tokens of the other asks for all of it and tries to
/// write there, over the gateway and by the public contract alone.
///
/// [io.xiaoer.drills.foreign.Belongings] is what the first shop has, [io.xiaoer.drills.foreign.Attempts] what the
/// stranger tries, [io.xiaoer.drills.foreign.Stranger] who tries it. What came back is judged as it comes, by
/// [io.xiaoer.drills.foreign.Answers]: there are too many answers to keep.
@NullMarked
package io.xiaoer.drills.foreign;

import org.jspecify.annotations.NullMarked;
