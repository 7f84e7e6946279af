package io.xiaoer.bot.generate;

import io.xiaoer.bot.generate.ModelFailure.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Puts the turn of a model together from the events of its stream.
final class ChatReader {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_TEXT = 4000;
    private static final int LONGEST_ARGUMENTS = 4096;
    private static final int MOST_CALLS = 4;

    private final ChatClient.Listener listener;
    private final StringBuilder text = new StringBuilder();
    private final TreeMap<Integer, Calling> calls = new TreeMap<>();
    private String finish = "";
    private long tokens;

    ChatReader(ChatClient.Listener listener) {
        this.listener = listener;
    }

    private static final class Calling {
        private String id = "";
        private final StringBuilder name = new StringBuilder();
        private final StringBuilder arguments = new StringBuilder();
    }

    /// Whether anything of the answer has come.
    boolean hasBegun() {
        return !text.isEmpty() || !calls.isEmpty();
    }

    /// Takes the data of an event.
    void take(String data) throws ModelFailure {
        JsonNode event;
        try {
            event = JSON.readTree(data);
        } catch (JacksonException e) {
            throw new ModelFailure(Reason.UNREADABLE);
        }
        if (!event.isObject()) {
            throw new ModelFailure(Reason.UNREADABLE);
        }
        if (event.path("error").isObject()) {
            throw new ModelFailure(Reason.AWAY);
        }
        tokens = Math.max(tokens, event.path("usage").path("total_tokens").asLong(0));
        var choice = event.path("choices").path(0);
        var delta = choice.path("delta");
        say(text(delta.path("content")));
        for (JsonNode call : delta.path("tool_calls")) {
            call(call);
        }
        String reason = text(choice.path("finish_reason"));
        finish = reason.isEmpty() ? finish : reason;
    }

    /// What is null or no string says nothing.
    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    private void say(String piece) throws ModelFailure {
        if (piece.isEmpty()) {
            return;
        }
        text.append(piece);
        if (text.length() > LONGEST_TEXT) {
            throw new ModelFailure(Reason.TOO_LONG);
        }
        listener.said(piece);
    }

    private void call(JsonNode part) throws ModelFailure {
        var calling = calls.computeIfAbsent(part.path("index").asInt(0), index -> new Calling());
        String id = text(part.path("id"));
        calling.id = id.isEmpty() ? calling.id : id;
        calling.name.append(text(part.path("function").path("name")));
        calling.arguments.append(text(part.path("function").path("arguments")));
        if (calls.size() > MOST_CALLS
                || calling.arguments.length() > LONGEST_ARGUMENTS
                || calling.name.length() > LONGEST_ARGUMENTS) {
            throw new ModelFailure(Reason.TOO_LONG);
        }
    }

    /// The stream has ended. An answer that was cut off, by the endpoint or at its most tokens, is none.
    ChatTurn end() throws ModelFailure {
        if (!hasBegun()) {
            throw new ModelFailure(Reason.EMPTY);
        }
        if (!finish.equals("stop") && !finish.equals("tool_calls") && !finish.equals("function_call")) {
            throw new ModelFailure(Reason.CUT);
        }
        List<ChatTurn.Call> wanted = new ArrayList<>();
        calls.values()
                .forEach(each ->
                        wanted.add(new ChatTurn.Call(each.id, each.name.toString(), each.arguments.toString())));
        return new ChatTurn(text.toString(), wanted, tokens);
    }
}
