package io.xiaoer.gateway.web;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.xiaoer.common.problem.Problem;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemRenderer;
import io.xiaoer.common.request.RequestContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/// Answers what no filter ever sees with a problem too: heads that are no HTTP, too long, or whose address is none. The
/// connection ends with it, since nobody knows where the next call would begin. An address that was not read is not
/// repeated: what cannot be read cannot be cleared of secrets.
final class Unreadable extends ChannelInboundHandlerAdapter {

    private static final Duration LINGER = Duration.ofSeconds(1);

    private boolean refused;

    /// Puts one behind the codec of each connection.
    static final class Customizer implements NettyServerCustomizer {

        @Override
        public HttpServer apply(HttpServer server) {
            return server.doOnChannelInit((observer, channel, remote) ->
                    channel.pipeline().addAfter(NettyPipeline.HttpCodec, "xiaoer.unreadable", new Unreadable()));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var code = !refused && message instanceof HttpRequest request ? refusal(request) : null;
        if (code != null) {
            refused = true;
            refuse(context, (HttpRequest) message, code);
        }
        if (refused) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    /// What is still on its way is read and dropped for a moment: a connection that is closed with bytes unread is
    /// reset, and the answer is lost with it.
    private static void refuse(ChannelHandlerContext context, HttpRequest request, ProblemCode code) {
        var channel = context.channel();
        channel.config().setAutoRead(true);
        context.writeAndFlush(answer(request, code)).addListener(written -> {
            if (channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
        });
        context.executor().schedule(() -> channel.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static @Nullable ProblemCode refusal(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return switch (request.decoderResult().cause()) {
                case TooLongHttpLineException line -> ProblemCode.URI_TOO_LONG;
                case TooLongHttpHeaderException header -> ProblemCode.HEADERS_TOO_LARGE;
                case null, default -> ProblemCode.MALFORMED;
            };
        }
        try {
            new URI(request.uri());
            return null;
        } catch (URISyntaxException e) {
            return ProblemCode.MALFORMED;
        }
    }

    /// The address of a head that was read up to a header; of others there is none, or none that can be cleared.
    private static @Nullable String path(HttpRequest request, ProblemCode code) {
        if (code != ProblemCode.HEADERS_TOO_LARGE) {
            return null;
        }
        try {
            var path = new URI(request.uri()).getRawPath();
            return path == null ? null : CallFilter.shown(path);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static DefaultFullHttpResponse answer(HttpRequest request, ProblemCode code) {
        var ids = RequestContext.of(request.headers().get(RequestContext.REQUEST_ID), null);
        var rendered = ProblemRenderer.render(
                Problem.of(code, code.title(), path(request, code), ids.requestId()),
                request.headers().get(HttpHeaderNames.ACCEPT));
        var answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(code.status()),
                Unpooled.wrappedBuffer(rendered.body()));
        answer.headers()
                .set(RequestContext.REQUEST_ID, ids.requestId())
                .set(HttpHeaderNames.CONTENT_TYPE, rendered.contentType().toString())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, rendered.body().length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return answer;
    }
}
