/// The operators' word about which shoppers a new version serves: what session-service keeps and gateways follow.
@NullMarked
package io.xiaoer.common.canary;

import org.jspecify.annotations.NullMarked;
