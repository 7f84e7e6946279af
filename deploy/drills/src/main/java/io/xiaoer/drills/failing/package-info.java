/// What cannot be processed: commands whose coupon template is unknown, and records in Kafka that nobody can read.
///
/// [io.xiaoer.drills.failing.Giving] gives them to the suite; [io.xiaoer.drills.failing.Tasks] looks for them in
/// compensation and has them replayed; what is known of each stands in a [io.xiaoer.drills.failing.Dud], and
/// [io.xiaoer.drills.failing.DudChecker] judges that.
@NullMarked
package io.xiaoer.drills.failing;

import org.jspecify.annotations.NullMarked;
