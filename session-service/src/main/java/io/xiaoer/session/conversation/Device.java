package io.xiaoer.session.conversation;

import java.util.Locale;

/// What kind of device a shopper speaks from.
public enum Device {
    WEB,
    APP,
    MINIPROGRAM,
    DOUYIN;

    /// The name on the wire.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
