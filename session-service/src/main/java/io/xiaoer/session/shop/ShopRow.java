package io.xiaoer.session.shop;

import io.xiaoer.common.event.ShopSettings;
import java.time.Instant;

/// A shop as the table holds it.
record ShopRow(ShopSettings settings, Instant createdAt) {}
