package io.xiaoer.drills.foreign;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.foreign.Attempt.Scope;
import java.net.http.WebSocket;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// A connection by which a stranger asks for another shop's session and speaks into it, and which ends a little later.
final class StrangersLine implements WebSocket.Listener {
    private static final Executor LATER = CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS);

    private final Scope scope;
    private final String session;
    private final String mark;
    private final ForeignChecker checker;
    private final StringBuilder part = new StringBuilder();

    /// @param mark what it says
    StrangersLine(Scope scope, String session, String mark, ForeignChecker checker) {
        this.scope = scope;
        this.session = session;
        this.mark = mark;
        this.checker = checker;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            var frame = JSON.parseObject(part.toString());
            part.setLength(0);
            checker.heard(scope, session, frame);
            if ("welcome".equals(frame.getString("type"))) {
                speak(socket);
            }
        }
        socket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private void speak(WebSocket socket) {
        var sync = JSONObject.of("type", "sync", "after", "0", "sid", session);
        var send = JSONObject.of("type", "send", "id", UUID.randomUUID().toString(), "sid", session)
                .fluentPut("ts", System.currentTimeMillis())
                .fluentPut("content", JSONObject.of("kind", "text", "text", mark));
        socket.sendText(sync.toString(), true)
                .thenCompose(sent -> socket.sendText(send.toString(), true))
                .whenCompleteAsync((sent, failure) -> socket.abort(), LATER);
    }
}
