/// Keeps processes running: starts them together, watches them, starts again what dies, and takes all down.
///
/// What runs is written to `run/state.json` at every change, with the start time of each process, so that another
/// command, or the next start, recognises the processes even after the supervisor itself was killed.
@NullMarked
package io.xiaoer.local.supervise;

import org.jspecify.annotations.NullMarked;
