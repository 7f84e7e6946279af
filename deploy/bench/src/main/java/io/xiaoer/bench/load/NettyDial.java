package io.xiaoer.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.concurrent.EventExecutor;
import io.xiaoer.drills.load.Dial;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Connects thousands of devices over two threads. A bounded number of handshakes is under way at one time; the others
/// wait for their turn.
public final class NettyDial implements Dial, AutoCloseable {
    private static final int THREADS = 2;
    private static final int HANDSHAKES = 100;
    private static final int MAX_FRAME = 65_536;
    private static final long HANDSHAKE_MS = 30_000;
    private static final long LOOK_MS = 10;
    private static final int LITTLE = 4_096;

    private final @Nullable URI gateway;
    private final int handshakes;
    private final OptionalInt receiveBuffer;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(THREADS, NioIoHandler.newFactory());
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    /// For other addresses than the suite's, see [#open].
    public NettyDial() {
        this(null, HANDSHAKES);
    }

    public NettyDial(URI gateway) {
        this(gateway, HANDSHAKES);
    }

    /// @param handshakes how many may be under way at one time
    public NettyDial(@Nullable URI gateway, int handshakes) {
        this(gateway, handshakes, OptionalInt.empty());
    }

    private NettyDial(@Nullable URI gateway, int handshakes, OptionalInt receiveBuffer) {
        this.gateway = gateway;
        this.handshakes = handshakes;
        this.receiveBuffer = receiveBuffer;
    }

    /// One whose connections hold little that is not read yet, so that whoever sends soon notices.
    public static NettyDial holdingLittle(URI gateway) {
        return new NettyDial(gateway, HANDSHAKES, OptionalInt.of(LITTLE));
    }

    /// Whether a connection of this dial's kind takes what comes. What is under way stays where it is meanwhile.
    public static void reads(WebSocket socket, boolean does) {
        ((NettySocket) socket).reads(does);
    }

    /// Watches from now on how much later than it should each thread comes to what it has to do.
    ///
    /// @param late hears of nanoseconds, on these threads
    public void watch(LongConsumer late) {
        for (EventExecutor loop : loops) {
            watch(loop, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_MS), late);
        }
    }

    /// One look after the other, so that a thread that stood still is late once, and for as long as it stood.
    private static void watch(EventExecutor loop, long due, LongConsumer late) {
        if (loop.isShuttingDown()) {
            return;
        }
        loop.schedule(
                () -> {
                    var now = System.nanoTime();
                    late.accept(Math.max(0, now - due));
                    watch(loop, now + TimeUnit.MILLISECONDS.toNanos(LOOK_MS), late);
                },
                due - System.nanoTime(),
                TimeUnit.NANOSECONDS);
    }

    @Override
    public CompletableFuture<WebSocket> connect(String device, String token, WebSocket.Listener listener) {
        var address = Objects.requireNonNull(gateway).resolve("/im?device=" + device);
        return open(config(address).subprotocol("xiaoer.v1").customHeaders(bearer(token)), listener);
    }

    /// Connects to an address without a word about who it is.
    public CompletableFuture<WebSocket> open(URI address, WebSocket.Listener listener) {
        return open(config(address), listener);
    }

    private CompletableFuture<WebSocket> open(
            WebSocketClientProtocolConfig.Builder config, WebSocket.Listener listener) {
        var connected = new CompletableFuture<WebSocket>();
        enter(() -> {
            try {
                begin(config.build(), listener, connected);
            } catch (RuntimeException e) {
                connected.completeExceptionally(e);
            }
        });
        return connected.whenComplete((socket, failure) -> leave());
    }

    private static DefaultHttpHeaders bearer(String token) {
        var headers = new DefaultHttpHeaders();
        headers.set("Authorization", "Bearer " + token);
        return headers;
    }

    private static WebSocketClientProtocolConfig.Builder config(URI address) {
        return WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(URI.create(address.toString().replaceFirst("^http", "ws")))
                .version(WebSocketVersion.V13)
                .maxFramePayloadLength(MAX_FRAME)
                .handshakeTimeoutMillis(HANDSHAKE_MS)
                .handleCloseFrames(false)
                .generateOriginHeader(false)
                .sendCloseFrame(null);
    }

    private void begin(
            WebSocketClientProtocolConfig config, WebSocket.Listener listener, CompletableFuture<WebSocket> done) {
        var address = config.webSocketUri();
        var bootstrap = new Bootstrap();
        receiveBuffer.ifPresent(bytes -> bootstrap.option(ChannelOption.SO_RCVBUF, bytes));
        bootstrap
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) HANDSHAKE_MS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpClientCodec(),
                                        new HttpObjectAggregator(MAX_FRAME),
                                        new WebSocketClientProtocolHandler(config),
                                        new WebSocketFrameAggregator(MAX_FRAME),
                                        new Ears(channel, listener, done));
                    }
                })
                .connect(address.getHost(), address.getPort())
                .addListener(future -> {
                    if (!future.isSuccess()) {
                        done.completeExceptionally(future.cause());
                    }
                });
    }

    private void enter(Runnable handshake) {
        synchronized (waiting) {
            if (underWay >= handshakes) {
                waiting.add(handshake);
                return;
            }
            underWay++;
        }
        handshake.run();
    }

    private void leave() {
        Runnable next;
        synchronized (waiting) {
            next = waiting.poll();
            if (next == null) {
                underWay--;
            }
        }
        if (next != null) {
            loops.next().execute(next);
        }
    }

    /// Ends every connection.
    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    /// Tells the listener what comes on one connection.
    private static final class Ears extends SimpleChannelInboundHandler<WebSocketFrame> {
        private final NettySocket socket;
        private final WebSocket.Listener listener;
        private final CompletableFuture<WebSocket> connected;
        private boolean ended;

        Ears(Channel channel, WebSocket.Listener listener, CompletableFuture<WebSocket> connected) {
            this.socket = new NettySocket(channel);
            this.listener = listener;
            this.connected = connected;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                connected.complete(socket);
            }
            super.userEventTriggered(context, event);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            if (frame instanceof TextWebSocketFrame text) {
                listener.onText(socket, text.text(), true);
            } else if (frame instanceof CloseWebSocketFrame close) {
                ended = true;
                listener.onClose(socket, close.statusCode(), "");
                context.close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end(new IOException("The connection ended"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end(cause);
            context.close();
        }

        private void end(Throwable cause) {
            if (!connected.completeExceptionally(cause) && !ended) {
                ended = true;
                listener.onError(socket, cause);
            }
        }
    }
}
