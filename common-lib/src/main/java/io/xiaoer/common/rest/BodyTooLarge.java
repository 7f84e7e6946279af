package io.xiaoer.common.rest;

import java.io.IOException;

/// A body went over its limit; the answer is 413.
public final class BodyTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    public BodyTooLarge(long limit) {
        super("the body is larger than " + limit + " bytes");
    }
}
