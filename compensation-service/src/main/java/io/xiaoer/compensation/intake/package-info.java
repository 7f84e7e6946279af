/// Dead letters in, tasks out: each record that a service could not process becomes one task, whole, however often
/// Kafka delivers it, and a replay that fails comes back to the task that it was sent from.
@NullMarked
package io.xiaoer.compensation.intake;

import org.jspecify.annotations.NullMarked;
