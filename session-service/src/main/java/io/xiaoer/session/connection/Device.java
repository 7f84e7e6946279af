package io.xiaoer.session.connection;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a shopper talks from.
enum Device {
    WEB,
    APP,
    MINIPROGRAM,
    DOUYIN;

    private final String label = name().toLowerCase(Locale.ROOT);

    String label() {
        return label;
    }

    /// @param label absent means web
    /// @throws ProblemException 400 if there is no such device
    static Device of(@Nullable String label) {
        if (label == null) {
            return WEB;
        }
        for (Device device : values()) {
            if (device.label.equals(label)) {
                return device;
            }
        }
        throw new ProblemException(ProblemCode.INVALID_REQUEST, "There is no such device")
                .field("device", "must be one of web, app, miniprogram, douyin");
    }
}
