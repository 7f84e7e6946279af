package io.xiaoer.bench.load;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/// A connection as the devices of the drills know one. What comes is told without being asked for.
final class NettySocket implements WebSocket {
    private final Channel channel;

    NettySocket(Channel channel) {
        this.channel = channel;
    }

    @Override
    public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
        return send(new TextWebSocketFrame(last, 0, data.toString()));
    }

    @Override
    public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
        throw new UnsupportedOperationException("Frames of the suite are text");
    }

    @Override
    public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
        return send(new PingWebSocketFrame(Unpooled.wrappedBuffer(message)));
    }

    @Override
    public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
        return send(new PongWebSocketFrame(Unpooled.wrappedBuffer(message)));
    }

    @Override
    public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
        return send(new CloseWebSocketFrame(statusCode, reason));
    }

    private CompletableFuture<WebSocket> send(WebSocketFrame frame) {
        var sent = new CompletableFuture<WebSocket>();
        channel.writeAndFlush(frame).addListener((ChannelFuture future) -> {
            if (future.isSuccess()) {
                sent.complete(this);
            } else {
                sent.completeExceptionally(future.cause());
            }
        });
        return sent;
    }

    void reads(boolean does) {
        channel.config().setAutoRead(does);
    }

    @Override
    public void request(long n) {
        // Everything is told as it comes.
    }

    @Override
    public String getSubprotocol() {
        return "xiaoer.v1";
    }

    @Override
    public boolean isOutputClosed() {
        return !channel.isActive();
    }

    @Override
    public boolean isInputClosed() {
        return !channel.isActive();
    }

    @Override
    public void abort() {
        channel.close();
    }
}
