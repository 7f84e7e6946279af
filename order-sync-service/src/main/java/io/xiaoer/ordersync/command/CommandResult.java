package io.xiaoer.ordersync.command;

import io.xiaoer.common.message.Content;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How applying a command ended.
public sealed interface CommandResult {
    /// Who is told and what; null for what concerns no shopper.
    @Nullable
    Told told();

    /// What a shopper's devices are told.
    record Told(String userId, Content content) {
        public static Told notice(String userId, String code, String text) {
            return new Told(userId, new Content.Notice(code, text));
        }
    }

    /// It took effect.
    record Applied(@Nullable Told told) implements CommandResult {}

    /// The shopper was erased after it was asked: nothing of them is stored, and nobody is told.
    Refused SHOPPER_ERASED = new Refused("shopper_erased", null);

    /// A rule of the shop does not allow it.
    ///
    /// @param reason stable, lower snake case
    record Refused(String reason, @Nullable Told told) implements CommandResult {
        /// What no shopper is told of.
        public Refused(Enum<?> rule) {
            this(rule, null);
        }

        /// @param rule whose name in lower case is the reason
        public Refused(Enum<?> rule, @Nullable Told told) {
            this(rule.name().toLowerCase(Locale.ROOT), told);
        }
    }
}
