package io.xiaoer.common.request;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/// The ids of a servlet call, kept on the request so that they are there on whatever thread answers.
public final class CallAttribute {

    static final String NAME = RequestContext.class.getName();

    private CallAttribute() {}

    /// The request id of this call; null only outside the request filter.
    public static @Nullable String requestId(ServletRequest request) {
        return request.getAttribute(NAME) instanceof RequestContext context ? context.requestId() : null;
    }
}
