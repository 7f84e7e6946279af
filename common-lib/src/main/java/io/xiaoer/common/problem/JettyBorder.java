package io.xiaoer.common.problem;

import io.xiaoer.common.request.RequestContext;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.ee11.servlet.ServletHandler;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/// Lets ids carry every printable character, `/` and `%` as `%2F` and `%25`, and makes problems of what Jetty refuses
/// before any servlet hears of it. Connections that come all at once, when a node's shoppers go to another, wait for
/// their turn instead of being dropped. An answer that comes before all of the body was read says that the connection
/// ends with it.
final class JettyBorder implements WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory>, Ordered {

    /// Of those more than the system allows are cut to that by the system.
    private static final int CONNECTING = 4096;

    private static final UriCompliance IDS_IN_PATHS = UriCompliance.from(EnumSet.of(
            Violation.AMBIGUOUS_PATH_SEPARATOR,
            Violation.AMBIGUOUS_PATH_ENCODING,
            Violation.SUSPICIOUS_PATH_CHARACTERS));

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(ConfigurableJettyWebServerFactory factory) {
        factory.addServerCustomizers(JettyBorder::customize);
    }

    private static void customize(Server server) {
        for (var connector : server.getConnectors()) {
            if (connector instanceof ServerConnector listening) {
                listening.setAcceptQueueSize(CONNECTING);
            }
            connector.getConnectionFactories().stream()
                    .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
                    .map(HttpConfiguration.ConnectionFactory.class::cast)
                    .forEach(http -> http.getHttpConfiguration().setUriCompliance(IDS_IN_PATHS));
        }
        server.getDescendants(ServletHandler.class).forEach(servlets -> servlets.setDecodeAmbiguousURIs(true));
        server.setErrorHandler(new Problems());
        server.insertHandler(new UnreadBodies());
    }

    /// Jetty closes a connection on which it answered before all of the body came. A caller that is still
    /// sending often loses the answer with it, and whoever keeps connections for further calls, as the gateway
    /// does, must be told, or somebody else's next call goes to one that is about to close. So an answer waits a
    /// moment for what is left of the body, and says that the connection ends if that did not come.
    private static final class UnreadBodies extends Handler.Wrapper {

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            return super.handle(request, hasBody(request) ? new Frank(request, response) : response, callback);
        }

        private static boolean hasBody(Request request) {
            return request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
                    || request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > 0;
        }
    }

    /// An answer that says whether another call may follow it.
    private static final class Frank extends Response.Wrapper {

        Frank(Request request, Response wrapped) {
            super(request, wrapped);
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
            boolean whole = last || HttpStatus.isClientError(getStatus()) || HttpStatus.isServerError(getStatus());
            if (whole && !isCommitted()) {
                new Rest(getRequest(), read -> {
                            if (!read) {
                                getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
                            }
                            super.write(last, content, callback);
                        })
                        .run();
            } else {
                super.write(last, content, callback);
            }
        }
    }

    /// Reads what is left of a body and throws it away: [#MOST] bytes at most, for as long as [#PATIENCE].
    private static final class Rest implements Runnable {

        private static final Duration PATIENCE = Duration.ofSeconds(2);
        private static final long MOST = 64L << 20;

        private final Request request;
        private final Consumer<Boolean> then;
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile Scheduler.@Nullable Task late;
        private long thrownAway;

        Rest(Request request, Consumer<Boolean> then) {
            this.request = request;
            this.then = then;
        }

        @Override
        public void run() {
            while (!ended.get()) {
                var chunk = request.read();
                if (chunk == null) {
                    wake();
                    request.demand(this);
                    return;
                }
                boolean failed = Content.Chunk.isFailure(chunk);
                thrownAway += chunk.remaining();
                chunk.release();
                if (failed || chunk.isLast() || thrownAway > MOST) {
                    end(!failed && chunk.isLast());
                }
            }
        }

        private void wake() {
            if (late == null) {
                late = request.getComponents()
                        .getScheduler()
                        .schedule(() -> end(false), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        private void end(boolean read) {
            if (ended.compareAndSet(false, true)) {
                var waiting = late;
                if (waiting != null) {
                    waiting.cancel();
                }
                then.accept(read);
            }
        }
    }

    /// Jetty's own refusals: addresses, headers and methods that it cannot read.
    private static final class Problems extends ErrorHandler {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            var code = ProblemCode.ofStatus(response.getStatus());
            var ids = RequestContext.of(request.getHeaders().get(RequestContext.REQUEST_ID), null);
            response.getHeaders().put(RequestContext.REQUEST_ID, ids.requestId());
            var rendered = ProblemRenderer.render(
                    Problem.of(code, code.title(), path(request), ids.requestId()),
                    request.getHeaders().get(HttpHeader.ACCEPT));
            response.getHeaders()
                    .put(new HttpField(
                            HttpHeader.CONTENT_TYPE, rendered.contentType().toString()));
            response.write(true, ByteBuffer.wrap(rendered.body()), callback);
            return true;
        }

        private static @Nullable String path(Request request) {
            var uri = request.getHttpURI();
            return uri == null ? null : uri.getPath();
        }
    }
}
