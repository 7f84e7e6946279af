package io.xiaoer.common.message;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.json.HalfCharacters;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a message carries. One turn is one message. On the wire it is an object whose `kind` names the form.
public sealed interface Content {

    /// The most code points in a shopper's text.
    int MAX_TEXT = 500;

    /// The most bytes of an agent's card, choice or notice as JSON: with what a message and a frame add, that stays
    /// within the 64 KiB of a frame.
    int MAX_BYTES = 48 * 1024;

    /// What shoppers may send; agents may send every kind.
    Set<String> SHOPPERS_KINDS = Set.of("text", "image", "action");

    /// The wire form, `kind` first.
    Map<String, Object> toMap();

    /// The same content with each text that people read changed: words, labels, prompts. What machines read stays:
    /// payloads, addresses, and the fields of cards, which come from orders.
    default Content withTexts(UnaryOperator<String> change) {
        return switch (this) {
            case Text(var text) -> new Text(change.apply(text));
            case Image image -> image;
            case Action(var payload, var label) -> new Action(payload, change.apply(label));
            case Card(var card, var text, var body) -> new Card(card, text == null ? null : change.apply(text), body);
            case Choice(var prompt, var text, var options) ->
                new Choice(
                        change.apply(prompt),
                        text == null ? null : change.apply(text),
                        options.stream()
                                .map(option -> new Option(change.apply(option.label), option.payload, option.card))
                                .toList());
            case Notice(var code, var text) -> new Notice(code, change.apply(text));
        };
    }

    /// Plain words.
    record Text(String text) implements Content {
        @Override
        public Map<String, Object> toMap() {
            return fields("text", "text", text);
        }
    }

    /// A picture by its address; its bytes never travel in a frame.
    record Image(String url) implements Content {
        @Override
        public Map<String, Object> toMap() {
            return fields("image", "url", url);
        }
    }

    /// What a card or a button gave when it was pressed.
    record Action(String payload, String label) implements Content {
        @Override
        public Map<String, Object> toMap() {
            return fields("action", "payload", payload, "label", label);
        }
    }

    /// Something to look at: an order, a parcel, a coupon.
    ///
    /// @param card which card, `order` for example
    /// @param body the card's own fields, as the contract lists them
    record Card(String card, @Nullable String text, Map<String, Object> body) implements Content {
        @Override
        public Map<String, Object> toMap() {
            var map = fields("card", "card", card, "text", text);
            map.putAll(body);
            return map;
        }
    }

    /// Buttons under a question.
    record Choice(String prompt, @Nullable String text, List<Option> options) implements Content {
        @Override
        public Map<String, Object> toMap() {
            var map = fields("choice", "prompt", prompt, "text", text);
            map.put("options", options.stream().map(Option::toMap).toList());
            return map;
        }
    }

    /// One button.
    ///
    /// @param card what is shown on it, beside the label
    record Option(String label, String payload, @Nullable Map<String, Object> card) {
        Map<String, Object> toMap() {
            var map = new LinkedHashMap<String, Object>();
            map.put("label", label);
            map.put("payload", payload);
            if (card != null) {
                map.put("card", card);
            }
            return map;
        }
    }

    /// A word from the suite itself, with a stable code.
    record Notice(String code, String text) implements Content {
        @Override
        public Map<String, Object> toMap() {
            return fields("notice", "code", code, "text", text);
        }
    }

    /// Reads content of any form, as it stands in a log.
    ///
    /// @throws InvalidContent if the form is none of these
    static Content parse(Map<String, ?> map) throws InvalidContent {
        return switch (string(map, "kind")) {
            case "card" -> card(map);
            case "choice" -> new Choice(string(map, "prompt"), optional(map, "text"), options(map));
            case "notice" -> new Notice(string(map, "code"), string(map, "text"));
            case "text" -> new Text(string(map, "text"));
            case "image" -> new Image(string(map, "url"));
            case "action" -> new Action(string(map, "payload"), string(map, "label"));
            default -> throw unknownKind();
        };
    }

    /// Reads what a shopper or an agent may send, within its limits.
    ///
    /// @param agent whether cards, choices and notices are allowed as well
    /// @throws InvalidContent if the form, a limit or the sender's right says no
    static Content parseSent(Map<String, ?> map, boolean agent) throws InvalidContent {
        if (!agent && map.get("kind") instanceof String kind && !SHOPPERS_KINDS.contains(kind)) {
            throw unknownKind();
        }
        Content content = parse(map);
        switch (content) {
            case Text text -> checkText("text", text.text(), MAX_TEXT);
            case Image image -> checkImage(image.url());
            case Action action -> {
                checkText("payload", action.payload(), 2048);
                checkText("label", action.label(), MAX_TEXT);
            }
            case Card card -> {
                checkText("card", card.card(), MAX_TEXT);
                checkForm("card", card);
            }
            case Choice choice -> {
                checkText("prompt", choice.prompt(), MAX_TEXT);
                checkForm("options", choice);
            }
            case Notice notice -> {
                checkText("code", notice.code(), MAX_TEXT);
                checkForm("text", notice);
            }
        }
        return content;
    }

    private static void checkForm(String field, Content content) throws InvalidContent {
        var form = content.toMap();
        if (hasHalves(form)) {
            throw halved(field);
        }
        if (JSON.toJSONBytes(form).length > MAX_BYTES) {
            throw new InvalidContent(
                    field, InvalidContent.Reason.TOO_LONG, "must have at most " + MAX_BYTES + " bytes as JSON");
        }
    }

    private static boolean hasHalves(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.keySet().stream().anyMatch(Content::hasHalves)
                        || map.values().stream().anyMatch(Content::hasHalves);
            case List<?> list -> list.stream().anyMatch(Content::hasHalves);
            case String text -> HalfCharacters.in(text);
            case null, default -> false;
        };
    }

    private static InvalidContent halved(String field) {
        return new InvalidContent(field, InvalidContent.Reason.INVALID, "must be whole Unicode characters");
    }

    /// Checks a text's length in code points.
    ///
    /// @throws InvalidContent if it is blank, over the limit, or holds half of a surrogate pair
    static void checkText(String field, String text, int limit) throws InvalidContent {
        if (text.isBlank()) {
            throw new InvalidContent(field, InvalidContent.Reason.INVALID, "must not be empty");
        }
        if (text.codePointCount(0, text.length()) > limit) {
            throw new InvalidContent(
                    field, InvalidContent.Reason.TOO_LONG, "must have at most " + limit + " characters");
        }
        if (HalfCharacters.in(text)) {
            throw halved(field);
        }
    }

    private static void checkImage(String url) throws InvalidContent {
        checkText("url", url, 2048);
        try {
            var uri = new URI(url);
            if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || uri.getUserInfo() != null) {
                throw new InvalidContent("url", InvalidContent.Reason.INVALID, "must be an https address");
            }
        } catch (URISyntaxException e) {
            throw new InvalidContent("url", InvalidContent.Reason.INVALID, "must be an https address");
        }
    }

    private static Card card(Map<String, ?> map) throws InvalidContent {
        var body = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> {
            if (value != null && !key.equals("kind") && !key.equals("card") && !key.equals("text")) {
                body.put(key, value);
            }
        });
        return new Card(string(map, "card"), optional(map, "text"), body);
    }

    private static List<Option> options(Map<String, ?> map) throws InvalidContent {
        if (!(map.get("options") instanceof List<?> list) || list.isEmpty() || list.size() > 50) {
            throw new InvalidContent("options", InvalidContent.Reason.INVALID, "must be a list of 1 to 50");
        }
        var options = new ArrayList<Option>(list.size());
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> option)) {
                throw new InvalidContent("options", InvalidContent.Reason.INVALID, "must hold objects");
            }
            @SuppressWarnings("unchecked")
            var fields = (Map<String, ?>) option;
            @SuppressWarnings("unchecked")
            var shown = (Map<String, Object>) (fields.get("card") instanceof Map<?, ?> card ? card : null);
            options.add(new Option(string(fields, "label"), string(fields, "payload"), shown));
        }
        return options;
    }

    private static String string(Map<String, ?> map, String field) throws InvalidContent {
        if (map.get(field) instanceof String value) {
            return value;
        }
        throw new InvalidContent(field, InvalidContent.Reason.INVALID, "must be a string");
    }

    private static @Nullable String optional(Map<String, ?> map, String field) throws InvalidContent {
        return map.get(field) == null ? null : string(map, field);
    }

    private static InvalidContent unknownKind() {
        return new InvalidContent("kind", InvalidContent.Reason.INVALID, "is not one that may be sent");
    }

    private static LinkedHashMap<String, Object> fields(String kind, @Nullable Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        map.put("kind", kind);
        for (int i = 0; i < pairs.length; i += 2) {
            Object value = pairs[i + 1];
            if (value != null) {
                map.put(String.valueOf(pairs[i]), value);
            }
        }
        return map;
    }
}
