package io.xiaoer.common.request;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives each call its ids and writes the access log: one line when it comes, one when it is answered or has failed.
/// Queries, headers and bodies are never logged.
final class RequestFilter extends HttpFilter {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = LoggerFactory.getLogger("io.xiaoer.access");

    private final transient LongSupplier nanoTime;

    RequestFilter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getAttribute(CallAttribute.NAME) instanceof RequestContext context) {
            // An async or error dispatch of a call that has its ids already.
            try (var ignored = RequestIds.open(context)) {
                chain.doFilter(request, response);
            }
            return;
        }
        var context = RequestContext.of(
                request.getHeader(RequestContext.REQUEST_ID), request.getHeader(RequestContext.TRACEPARENT));
        request.setAttribute(CallAttribute.NAME, context);
        response.setHeader(RequestContext.REQUEST_ID, context.requestId());
        try (var ignored = RequestIds.open(context)) {
            follow(new Call(request, response, context), chain);
        }
    }

    private void follow(Call call, FilterChain chain) throws IOException, ServletException {
        call.entered();
        try {
            chain.doFilter(call.request, call.response);
        } catch (IOException | ServletException | RuntimeException e) {
            call.failed(e);
            throw e;
        }
        if (call.request.isAsyncStarted() && call.request.getDispatcherType() == DispatcherType.REQUEST) {
            call.request.getAsyncContext().addListener(call);
        } else {
            call.answered();
        }
    }

    /// One call, from its entry to its one exit.
    private final class Call implements AsyncListener {

        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final RequestContext context;
        private final String method;
        private final String path;
        private final boolean logged;
        private final long start = nanoTime.getAsLong();
        private final AtomicBoolean left = new AtomicBoolean();

        Call(HttpServletRequest request, HttpServletResponse response, RequestContext context) {
            this.request = request;
            this.response = response;
            this.context = context;
            this.method = request.getMethod();
            this.path = request.getRequestURI();
            this.logged = !path.startsWith("/actuator/");
        }

        void entered() {
            if (logged) {
                LOGGER.atInfo()
                        .addKeyValue("method", method)
                        .addKeyValue("path", path)
                        .log("Call entered");
            }
        }

        void answered() {
            if (left.compareAndSet(false, true) && logged) {
                LOGGER.atInfo()
                        .addKeyValue("method", method)
                        .addKeyValue("path", path)
                        .addKeyValue("status", response.getStatus())
                        .addKeyValue("ms", elapsed())
                        .log("Call left");
            }
        }

        void failed(Throwable failure) {
            if (left.compareAndSet(false, true)) {
                LOGGER.atInfo()
                        .addKeyValue("method", method)
                        .addKeyValue("path", path)
                        .addKeyValue("exception", failure.getClass().getName())
                        .addKeyValue("ms", elapsed())
                        .log("Call left with an exception");
            }
        }

        private long elapsed() {
            return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - start);
        }

        @Override
        public void onComplete(AsyncEvent event) {
            try (var ignored = RequestIds.open(context)) {
                answered();
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // The dispatch that follows answers, and onComplete tells of it.
        }

        @Override
        public void onError(AsyncEvent event) {
            try (var ignored = RequestIds.open(context)) {
                failed(event.getThrowable());
            }
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
