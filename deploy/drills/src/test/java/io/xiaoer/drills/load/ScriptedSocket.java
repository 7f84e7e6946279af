package io.xiaoer.drills.load;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A connection of which the test is the other end.
final class ScriptedSocket implements WebSocket {
    private final Listener listener;
    private final Deque<JSONObject> said = new ArrayDeque<>();

    ScriptedSocket(Listener listener) {
        this.listener = listener;
    }

    /// What the device said since this was asked last.
    List<JSONObject> heard() {
        var heard = new ArrayList<>(said);
        said.clear();
        return heard;
    }

    void says(JSONObject frame) {
        listener.onText(this, frame.toString(), true);
    }

    @Override
    public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
        said.add(JSON.parseObject(data.toString()));
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void request(long n) {
        // The test says what comes.
    }

    @Override
    public String getSubprotocol() {
        return "xiaoer.v1";
    }

    @Override
    public boolean isOutputClosed() {
        return false;
    }

    @Override
    public boolean isInputClosed() {
        return false;
    }

    @Override
    public void abort() {
        // Nothing is open.
    }
}
