/// Who is served by the instances of a new version. Operators say which shoppers; the gateway reads it from Redis each
/// second and chooses among the instances that the discovery client names: those whose metadata say `canary: true` for
/// these shoppers, the others for everybody else. Where no marked instance answers, the others serve.
///
/// What was not heard for [io.xiaoer.gateway.canary.CanaryWatch#TRUSTED] counts as off. A shopper who is taken no
/// longer is served as before with the next call; an open WebSocket to an instance of the new version is closed with
/// 4000, so that it comes back to another.
@NullMarked
package io.xiaoer.gateway.canary;

import org.jspecify.annotations.NullMarked;
