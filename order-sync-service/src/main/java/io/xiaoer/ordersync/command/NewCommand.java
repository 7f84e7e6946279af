package io.xiaoer.ordersync.command;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.id.ShopId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a merchant asks to be done, or the bot for a shopper.
///
/// @param kind which [CommandHandler] applies it
/// @param userId the shopper whom it concerns, if one was named; of what changes an order: the shopper who asks for it
///     themselves and is bound by the shop's policy
/// @param arguments for the handler: strings, numbers, maps and lists
/// @param after the key under which its record travels: of one key, what was accepted first is applied first. Absent:
///     its own id, so that it waits for no other
/// @param sealed what nothing of ours keeps in clear, if there is such a thing
/// @param words what somebody wrote into it: encrypted in the command's row alone
public record NewCommand(
        String kind,
        @Nullable String userId,
        Map<String, Object> arguments,
        @Nullable String after,
        @Nullable Sealed sealed,
        @Nullable Words words) {

    /// The argument that names an order.
    public static final String ORDER_ID = "order_id";

    /// Encrypted arguments: the record for Kafka carries them, and the command's row does not.
    ///
    /// @param fingerprint equal for equal arguments, as their encrypted forms are not; a keyed hash
    record Sealed(String fingerprint, Map<String, Object> arguments) {}

    public NewCommand(String kind, @Nullable String userId, Map<String, Object> arguments) {
        this(kind, userId, arguments, null);
    }

    public NewCommand(String kind, @Nullable String userId, Map<String, Object> arguments, @Nullable String after) {
        this(kind, userId, arguments, after, null, null);
    }

    /// What changes an order: under one key for all of the order's commands, so that of two prices, say, the one that
    /// was accepted last holds.
    ///
    /// @param arguments without the order
    public static NewCommand ofOrder(String kind, ShopId shop, String order, Map<String, Object> arguments) {
        return new NewCommand(kind, null, with(arguments, Map.of(ORDER_ID, order)), shop.value() + ":" + order);
    }

    /// The same with arguments that are encrypted.
    public NewCommand sealed(String fingerprint, Map<String, Object> encrypted) {
        return new NewCommand(kind, userId, arguments, after, new Sealed(fingerprint, encrypted), words);
    }

    /// The same with what was written into it.
    public NewCommand saying(Words written) {
        return new NewCommand(kind, userId, arguments, after, sealed, written);
    }

    /// The order that it is about, if it is about one.
    @Nullable
    String order() {
        return arguments.get(ORDER_ID) instanceof String order ? order : null;
    }

    /// The same, asked by the shopper.
    NewCommand by(String user) {
        return new NewCommand(kind, user, arguments, after, sealed, words);
    }

    /// What its handler is given.
    Map<String, Object> allArguments() {
        return sealed == null ? arguments : with(arguments, sealed.arguments());
    }

    /// The same text for all that asks for the same, from every instance: maps that cannot be changed
    /// have another order in each process, and at every depth. What was written into it is left out.
    String canonical() {
        var open = JSON.toJSONString(new NewCommand(kind, userId, sorted(arguments), after));
        return sealed == null ? open : open + sealed.fingerprint();
    }

    private static Map<String, Object> sorted(Map<?, ?> map) {
        var sorted = new TreeMap<String, Object>();
        map.forEach((name, value) -> sorted.put((String) name, ordered(value)));
        return sorted;
    }

    private static Object ordered(Object value) {
        return switch (value) {
            case Map<?, ?> map -> sorted(map);
            case List<?> list -> list.stream().map(NewCommand::ordered).toList();
            default -> value;
        };
    }

    private static Map<String, Object> with(Map<String, Object> arguments, Map<String, Object> more) {
        var all = new LinkedHashMap<>(arguments);
        all.putAll(more);
        return all;
    }
}
