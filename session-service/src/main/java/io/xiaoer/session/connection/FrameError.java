package io.xiaoer.session.connection;

import java.util.Locale;

/// What a frame can be answered with instead of what it asked for.
enum FrameError {
    INVALID_FRAME("消息格式有误 / The frame is not valid", false),
    UNKNOWN_TYPE("未知的消息类型 / Unknown type of frame", false),
    STALE_TIMESTAMP("设备时间不准，请校准后重试 / The timestamp is more than 5 minutes off", true),
    CONFLICT("该编号已用于其他内容 / This id was used for other content", false),
    CLOSED("会话已结束，请重新发起 / The session is closed, open a new one", false),
    RATE_LIMITED("提问过快，请稍后再试 / Too many requests", true),
    TOO_LONG("内容过长 / The content is too long", false),
    NOT_FOUND("会话不存在 / There is no such session", false),
    FORBIDDEN("没有权限 / Not allowed", false),
    UNAVAILABLE("服务暂不可用，请稍后重试 / Not available at the moment, try again", true);

    private final String title;
    private final boolean retryable;

    FrameError(String title, boolean retryable) {
        this.title = title;
        this.retryable = retryable;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    boolean retryable() {
        return retryable;
    }

    /// Whether the client broke the protocol, which counts towards its end.
    boolean violates() {
        return this == INVALID_FRAME || this == UNKNOWN_TYPE;
    }
}
