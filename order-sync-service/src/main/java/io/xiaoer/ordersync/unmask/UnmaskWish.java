package io.xiaoer.ordersync.unmask;

import io.xiaoer.ordersync.order.Receiver;
import io.xiaoer.ordersync.order.Rules;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a caller wants to see, and why.
///
/// @param fields     absent for all
/// @param onBehalfOf the person who asked the caller, in the shop's own words
record UnmaskWish(
        String reason,
        @Nullable List<UnmaskedField> fields,
        @Nullable String onBehalfOf) {

    /// The same wish, if it keeps the rules.
    UnmaskWish checked() {
        var why = why().checked();
        return Rules.valid(() -> {
            if (fields != null) {
                boolean named = !fields.isEmpty() && fields.stream().allMatch(Objects::nonNull);
                Rules.require(fields, named, "fields", "must name at least one field, or be absent");
            }
            return new UnmaskWish(why.reason(), fields, why.onBehalfOf());
        });
    }

    Why why() {
        return new Why(reason, onBehalfOf);
    }

    /// What of a receiver is wanted and there.
    Set<UnmaskedField> of(Receiver receiver) {
        var wanted = fields == null ? EnumSet.allOf(UnmaskedField.class) : EnumSet.copyOf(fields);
        wanted.removeIf(field -> field.of(receiver) == null);
        return wanted;
    }
}
