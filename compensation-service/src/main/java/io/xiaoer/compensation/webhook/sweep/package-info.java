/// What time does to webhooks: finished deliveries go, so do secrets that no longer sign and what is left of deleted
/// endpoints; what waits for an endpoint that is told nothing is given up; an endpoint that is left behind too far is
/// disabled. In bounded batches, by one node at a time.
@NullMarked
package io.xiaoer.compensation.webhook.sweep;

import org.jspecify.annotations.NullMarked;
