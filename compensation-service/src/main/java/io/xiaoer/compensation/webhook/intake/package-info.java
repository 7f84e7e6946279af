/// Reads what happens from Kafka and makes deliveries of it, for the endpoints that want it: each event once for each
/// endpoint, however often it is read. An erasure that is heard of takes from deliveries what they say of its shopper.
@NullMarked
package io.xiaoer.compensation.webhook.intake;

import org.jspecify.annotations.NullMarked;
