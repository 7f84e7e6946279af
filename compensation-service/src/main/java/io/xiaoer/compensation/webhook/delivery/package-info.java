/// Deliveries: what an endpoint is to be told, the telling, and the log of it.
///
/// An event stands once for each endpoint, and is sent at least once, each time under the same
/// `webhook-id`. What is told of one session is told in order: a delivery that fails holds back those
/// behind it in its lane, and nothing else. A lane is claimed before anything is sent, so that two
/// instances never send one delivery at one time; a claim whose holder died ends by itself. Attempts are
/// bounded for each endpoint and each shop, and half of them belong to endpoints that answer well. A
/// delivery that found no success in its window becomes a task of compensation.
@NullMarked
package io.xiaoer.compensation.webhook.delivery;

import org.jspecify.annotations.NullMarked;
