package io.xiaoer.session.connection;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.ee11.servlet.ServletCoreRequest;
import org.eclipse.jetty.ee11.servlet.ServletCoreResponse;
import org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.websocket.common.JettyWebSocketFrameHandlerFactory;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;

/// Upgrades a call and lets go of it. As [JettyWebSocketServerContainer#upgrade], but the session that comes of it does
/// not know its handshake, whose answer would keep the whole call, with its headers, its filters' wrappers and its
/// HTTP connection, in memory for as long as the WebSocket stands.
final class LightUpgrade {

    private LightUpgrade() {}

    /// Does something when a call is over: a socket that opens has opened by then.
    static void atEnd(HttpServletRequest request, Runnable step) {
        ServletContextRequest.getServletContextRequest(request)
                .addHttpStreamWrapper(stream -> new Ending(stream, step));
    }

    /// @return whether the call was answered; if not, it was no handshake
    static boolean upgrade(
            ImSocket socket, String subprotocol, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var context = request.getServletContext();
        var factory = factory(context);
        var asked = ServletCoreRequest.wrap(request);
        var answer = ServletCoreResponse.wrap(asked, response, false);
        WebSocketNegotiator negotiator = (offer, accepted, refusal) -> {
            accepted.setExtensions(List.of());
            if (offer.getSubProtocols().contains(subprotocol)) {
                accepted.setAcceptedSubProtocol(subprotocol);
            }
            return factory.newJettyFrameHandler(socket);
        };
        var mappings = WebSocketMappings.getMappings(ServletContextHandler.getServletContextHandler(context));
        try (var written = Blocker.callback()) {
            boolean upgraded = mappings.upgrade(negotiator, asked, answer, written, null);
            if (upgraded) {
                written.block();
            }
            return upgraded;
        }
    }

    private static JettyWebSocketFrameHandlerFactory factory(ServletContext context) {
        return JettyWebSocketServerContainer.getContainer(context).getBean(JettyWebSocketFrameHandlerFactory.class);
    }

    /// The end of a call: Jetty opens the WebSocket while it completes the stream of the call.
    private static final class Ending extends HttpStream.Wrapper {

        private final Runnable step;

        Ending(HttpStream stream, Runnable step) {
            super(stream);
            this.step = step;
        }

        @Override
        public void succeeded() {
            try {
                super.succeeded();
            } finally {
                step.run();
            }
        }

        @Override
        public void failed(Throwable cause) {
            try {
                super.failed(cause);
            } finally {
                step.run();
            }
        }
    }
}
