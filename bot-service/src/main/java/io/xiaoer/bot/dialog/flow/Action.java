package io.xiaoer.bot.dialog.flow;

import io.xiaoer.bot.dialog.expression.Expression;
import io.xiaoer.bot.dialog.function.FunctionSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a step does.
public sealed interface Action {

    /// Says something.
    record Say(Phrase words) implements Action {}

    /// Asks for a slot, unless it is filled.
    ///
    /// @param buttons whether the values of the slot are offered as buttons
    /// @param retries how often it is asked again
    record Ask(String slot, Phrase words, boolean buttons, int retries, Branch onFail) implements Action {}

    /// Has the shopper choose one of a list.
    ///
    /// @param from the list
    /// @param match by what words an item may be named
    /// @param one what to do with a single one: go on with it, or say so first
    /// @param card the card that shows the list, null for buttons alone
    record Choose(
            String slot,
            Expression.Path from,
            Set<Match> match,
            Branch none,
            Branch one,
            @Nullable String card,
            Phrase many,
            int retries,
            Branch onFail)
            implements Action {
        public Choose {
            match = Set.copyOf(match);
        }
    }

    /// How an item of a list may be named.
    enum Match {
        INDEX,
        ORDER_NO,
        TITLE
    }

    /// Calls a function.
    ///
    /// @param into the name that its answer gets, null for none
    record CallFunction(
            FunctionSpec function,
            Map<String, Expression> with,
            @Nullable String into,
            Branch onError) implements Action {
        public CallFunction {
            with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
        }
    }

    /// Sets slots.
    record SetSlots(Map<String, Expression> values) implements Action {
        public SetSlots {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /// Goes one of two ways.
    record If(Expression condition, int then, int otherwise) implements Action {}

    /// Asks whether to do it; only a clear yes is one.
    ///
    /// @param card whether the question stands on a card
    record Confirm(String slot, Phrase words, boolean card, Branch yes, Branch no, int retries, Branch onFail)
            implements Action {}

    /// Goes on elsewhere.
    record Goto(int step) implements Action {}

    /// Runs another flow, then goes on.
    record Run(String flow) implements Action {}

    /// Shows a card.
    record ShowCard(String card, Expression.Path data, Phrase words) implements Action {}

    /// Passes the shopper to a person.
    record HandOff(String reason) implements Action {}

    /// Ends the flow.
    record End(String outcome) implements Action {}

    /// Whether the talk rests here until the shopper speaks.
    default boolean waits() {
        return this instanceof Ask || this instanceof Choose || this instanceof Confirm;
    }

    /// The slot that a waiting step is about, null of others.
    default @Nullable String awaited() {
        return switch (this) {
            case Ask ask -> ask.slot();
            case Choose choose -> choose.slot();
            case Confirm confirm -> confirm.slot();
            case Say _, CallFunction _, SetSlots _, If _, Goto _, Run _, ShowCard _, HandOff _, End _ -> null;
        };
    }
}
