package io.xiaoer.gateway;

import com.alibaba.fastjson2.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/// A service that tells what it was sent, on a real Jetty.
///
/// Calls answer their headers; `ms` in the query delays the answer, `status` sets it, `cut` ends the
/// connection after so many bytes of it, `reset` resets it instead of any answer, as a killed process
/// does. The WebSocket says `welcome` with the handshake's headers and echoes; `close <code>` makes it
/// close, `burst <code>` sends 100 frames and closes, `ping <payload>` makes it ping. It answers pings
/// itself, as session-service does.
public final class TestBackend implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final String name;
    private final List<Integer> closes = new CopyOnWriteArrayList<>();
    private final List<String> pings = new CopyOnWriteArrayList<>();
    private final List<String> pongs = new CopyOnWriteArrayList<>();

    public TestBackend(String name, int port) {
        this.name = name;
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        var sockets = WebSocketUpgradeHandler.from(server, container -> {
            container.setMaxTextMessageSize(1024 * 1024);
            container.addMapping("/im", (request, response, callback) -> {
                if (request.getSubProtocols().contains("xiaoer.v1")) {
                    response.setAcceptedSubProtocol("xiaoer.v1");
                }
                if ("refused".equals(Request.extractQueryParameters(request).getValue("device"))) {
                    Response.writeError(request, response, callback, 403);
                    return null;
                }
                if ("crowded".equals(Request.extractQueryParameters(request).getValue("device"))) {
                    response.getHeaders().put("Retry-After", "60");
                    Response.writeError(request, response, callback, 429);
                    return null;
                }
                return new Echo(headers(request));
            });
        });
        sockets.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                return answer(request, response, callback);
            }
        });
        server.setHandler(sockets);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public String uri() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    public int port() {
        return connector.getLocalPort();
    }

    /// The codes with which connections were closed.
    public List<Integer> closes() {
        return closes;
    }

    /// The payloads of the pings that came.
    public List<String> pings() {
        return pings;
    }

    /// The payloads of the pongs that came.
    public List<String> pongs() {
        return pongs;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean answer(Request request, Response response, Callback callback) {
        var query = Request.extractQueryParameters(request, StandardCharsets.UTF_8);
        Runnable answer = () -> {
            if (query.getValue("reset") != null) {
                reset(request);
                return;
            }
            response.setStatus(query.getValue("status") == null ? 200 : Integer.parseInt(query.getValue("status")));
            response.getHeaders().put("Content-Type", "application/json");
            response.getHeaders().put("X-Request-ID", "of-the-service");
            var body =
                    Map.of("service", name, "path", request.getHttpURI().getPathQuery(), "headers", headers(request));
            var bytes = ByteBuffer.wrap(JSON.toJSONBytes(body));
            var cut = query.getValue("cut");
            if (cut == null) {
                response.write(true, bytes, callback);
            } else {
                var connection = request.getConnectionMetaData().getConnection();
                response.write(
                        false,
                        bytes.limit(Integer.parseInt(cut)),
                        Callback.from(() -> connection.getEndPoint().close()));
            }
        };
        if (query.getValue("ms") == null) {
            answer.run();
        } else {
            request.getComponents()
                    .getScheduler()
                    .schedule(answer, Long.parseLong(query.getValue("ms")), TimeUnit.MILLISECONDS);
        }
        return true;
    }

    private static void reset(Request request) {
        var channel = ((SocketChannelEndPoint)
                        request.getConnectionMetaData().getConnection().getEndPoint())
                .getChannel();
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> headers(Request request) {
        var headers = new TreeMap<String, String>();
        request.getHeaders()
                .forEach(field -> headers.merge(
                        field.getName().toLowerCase(java.util.Locale.ROOT), field.getValue(), (a, b) -> a + "," + b));
        return headers;
    }

    /// One connection.
    public final class Echo implements Session.Listener.AutoDemanding {

        private final Map<String, String> headers;
        private volatile @Nullable Session session;

        Echo(Map<String, String> headers) {
            this.headers = headers;
        }

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
            opened.sendText(
                    JSON.toJSONString(Map.of("type", "welcome", "service", name, "headers", headers)),
                    org.eclipse.jetty.websocket.api.Callback.NOOP);
        }

        @Override
        public void onWebSocketText(String text) {
            var session = Objects.requireNonNull(this.session);
            if (text.startsWith("close ")) {
                session.close(
                        Integer.parseInt(text.substring(6)), "as asked", org.eclipse.jetty.websocket.api.Callback.NOOP);
            } else if (text.startsWith("burst ")) {
                for (var i = 0; i < 100; i++) {
                    session.sendText("frame " + i, org.eclipse.jetty.websocket.api.Callback.NOOP);
                }
                session.close(
                        Integer.parseInt(text.substring(6)),
                        "after the burst",
                        org.eclipse.jetty.websocket.api.Callback.NOOP);
            } else if (text.startsWith("ping ")) {
                session.sendPing(
                        ByteBuffer.wrap(text.substring(5).getBytes(StandardCharsets.UTF_8)),
                        org.eclipse.jetty.websocket.api.Callback.NOOP);
            } else if (text.equals("drop")) {
                session.disconnect();
            } else {
                session.sendText(text, org.eclipse.jetty.websocket.api.Callback.NOOP);
            }
        }

        @Override
        public void onWebSocketPing(ByteBuffer payload) {
            var text = StandardCharsets.UTF_8.decode(payload).toString();
            pings.add(text);
            Objects.requireNonNull(session)
                    .sendPong(
                            ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
                            org.eclipse.jetty.websocket.api.Callback.NOOP);
        }

        @Override
        public void onWebSocketPong(ByteBuffer payload) {
            pongs.add(StandardCharsets.UTF_8.decode(payload).toString());
        }

        @Override
        public void onWebSocketClose(int code, String reason, org.eclipse.jetty.websocket.api.Callback callback) {
            closes.add(code);
            callback.succeed();
        }
    }
}
