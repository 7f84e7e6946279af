package io.xiaoer.ordersync.request;

import java.util.Locale;

/// Where a request stands. It leaves `OPEN` once, and nothing leads back.
enum RequestStatus {
    OPEN,
    DONE,
    REFUSED;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
