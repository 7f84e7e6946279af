/// `./xiaoer drill`: one fault at a time in a running suite, under load, with a ledger of every message.
///
/// [io.xiaoer.drills.DrillRun] owns the sequence; the shoppers are in `load`, the faults in `fault`, the judgement in
/// `ledger`. Promises that talk alone does not try have a run and a package each: `command`, `failing`, `foreign`,
/// `card` and `held`.
@NullMarked
package io.xiaoer.drills;

import org.jspecify.annotations.NullMarked;
