package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.dialog.flow.Action;
import io.xiaoer.bot.dialog.flow.Step;
import io.xiaoer.bot.dialog.function.Call;
import io.xiaoer.bot.dialog.function.CallFailed;
import io.xiaoer.bot.dialog.function.FunctionSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls functions for the flows of one turn: with what they are called and under which key, whether a write
/// may be done, and what becomes of one that fails.
final class Calling {

    private final Around around;
    private final Machine machine;
    private final Deadline deadline;

    Calling(Around around, Machine machine, Deadline deadline) {
        this.around = around;
        this.machine = machine;
        this.deadline = deadline;
    }

    /// Calls the function of a step and goes on, or goes where the step leads on an error.
    void call(Running running, Step step, Action.CallFunction call) {
        var function = call.function();
        var arguments = new LinkedHashMap<String, Object>();
        call.with().forEach((name, value) -> {
            Object given = value.value(machine.scope(running));
            if (given != null) {
                arguments.put(name, given);
            }
        });
        if (function.arguments().containsKey("buyer")) {
            arguments.put("buyer", machine.question.user().id());
        }
        if (function.writes()) {
            String reason = refusal(running, function);
            if (reason != null) {
                machine.wantPerson(reason);
                return;
            }
        }
        String run = machine.question.sessionId() + ':' + running.runId;
        String key = function.writes() && running.flow.writes() > 1 ? run + ':' + step.index() : run;
        try {
            if (function.arguments().entrySet().stream()
                    .anyMatch(each -> !each.getValue().optional() && !arguments.containsKey(each.getKey()))) {
                throw new CallFailed(CallFailed.Reason.REFUSED, "a value is missing");
            }
            if (function.writes() && !admitted(running, function, key)) {
                return;
            }
            Object out = around.functions()
                    .call(
                            function,
                            arguments,
                            new Call(
                                    machine.question.user(),
                                    machine.question.sessionId(),
                                    key,
                                    machine.language,
                                    deadline));
            running.written |= function.writes();
            String into = call.into();
            if (into != null) {
                Machine.put(running, into, out);
            }
            running.step = step.next();
        } catch (CallFailed e) {
            // What is not known to have failed may still take effect, and counts.
            if (function.writes() && e.reason() != CallFailed.Reason.UNAVAILABLE) {
                around.gate().giveBack(machine.question, function, key);
            }
            machine.follow(running, step, call.onError());
        }
    }

    /// Asks the gate for a write. Nothing may stand between this and the write: it is the one look at whether the
    /// question is still the bot's.
    private boolean admitted(Running running, FunctionSpec function, String key) {
        switch (around.gate().admit(machine.question, function, key)) {
            case ADMITTED -> {
                return true;
            }
            case TOO_MANY -> machine.wantPerson(running.flow.name() + "_too_many");
            case OVERTAKEN -> machine.overtake();
            case UNKNOWN -> throw new CallFailed(CallFailed.Reason.UNAVAILABLE, "nobody knows whose the session is");
        }
        return false;
    }

    /// Why a write is a person's matter, null if it may be done.
    private @Nullable String refusal(Running running, FunctionSpec function) {
        if (!running.confirmed) {
            return "dialog_unconfirmed";
        }
        var most = function.needsAgentOver();
        if (most != null && Items.greatestAmount(running.values).compareTo(most) > 0) {
            return running.flow.name() + "_over_limit";
        }
        return null;
    }

    /// An order by its number; null if the shopper has none of that number.
    @Nullable
    Object order(String number) {
        var function = around.functions().catalogue().get("orders.get");
        if (function == null) {
            return Map.of("no", number);
        }
        try {
            Object out = around.functions()
                    .call(
                            function,
                            Map.of("buyer", machine.question.user().id(), "order", number),
                            new Call(
                                    machine.question.user(),
                                    machine.question.sessionId(),
                                    "",
                                    machine.language,
                                    deadline));
            if (!(out instanceof Map<?, ?> found)) {
                return null;
            }
            var order = new LinkedHashMap<String, Object>();
            order.put("no", number);
            found.forEach((key, value) -> order.put(String.valueOf(key), value));
            return order;
        } catch (CallFailed e) {
            return e.reason() == CallFailed.Reason.UNAVAILABLE ? Map.of("no", number) : null;
        }
    }
}
