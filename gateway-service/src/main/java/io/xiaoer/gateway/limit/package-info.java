/// How often one address may call: 300 REST calls and handshakes in any 60 s without a merchant's, agent's or
/// operator's token; of IPv6 the first 64 bits count as one address. Counted in Redis, so over all gateways together;
/// while Redis is away calls pass and are counted in a metric.
@NullMarked
package io.xiaoer.gateway.limit;

import org.jspecify.annotations.NullMarked;
