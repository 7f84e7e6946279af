package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.dialog.expression.Scope;
import io.xiaoer.bot.dialog.flow.Action;
import io.xiaoer.bot.dialog.flow.Branch;
import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.dialog.flow.Phrase;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.bot.dialog.flow.Step;
import io.xiaoer.bot.dialog.function.CallFailed;
import io.xiaoer.bot.dialog.function.FunctionSpec;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs the steps of flows within one turn, until the shopper must speak, a person is wanted, or no flow is left. How
/// the turn was understood is not its matter.
final class Machine {

    /// The value of the buttons that ask whether to go on.
    static final String RESUME = "resume";

    private static final int MOST_STEPS = 100;
    private static final int MOST_ITEMS = 20;
    private static final Duration ASKS_AFTER = Duration.ofMinutes(10);
    static final Duration DROPS_AFTER = Duration.ofMinutes(30);

    final Question question;
    final Speech speech = new Speech();
    final List<Running> stack = new ArrayList<>();
    final Language language;
    private final Around around;
    private final Deadline deadline;
    private final Rendering rendering;
    private final int turn;
    private final long now;
    private int runs;
    private boolean waiting;
    private boolean overtaken;
    private @Nullable String person;
    private String talked = "";

    /// @param turn the number of this turn, which its buttons bear
    Machine(Around around, Question question, Deadline deadline, Language language, int turn) {
        this.around = around;
        this.question = question;
        this.deadline = deadline;
        this.language = language;
        this.turn = turn;
        this.now = around.clock().millis();
        this.rendering = new Rendering(language);
    }

    /// The flow that talks.
    Running top() {
        return stack.getLast();
    }

    /// Why a person is wanted, null if none is.
    @Nullable
    String person() {
        return person;
    }

    /// Whether a write was due for a question that is not the bot's to answer any more.
    boolean isOvertaken() {
        return overtaken;
    }

    /// The flow that talked last.
    String talked() {
        return stack.isEmpty() ? talked : top().flow.name();
    }

    /// A phrase of the bot's own.
    String own(String key, Object... arguments) {
        return around.wording().say(language, "dialog." + key, arguments);
    }

    /// A run id that no other run of the session has, and that this turn gives again when it is handled again.
    String newRun() {
        return question.id() + '-' + runs++;
    }

    /// Begins a flow above all others.
    Running begin(Flow flow) {
        if (!stack.isEmpty()) {
            top().suspendedAt = now;
        }
        var running = new Running(flow, newRun());
        stack.add(running);
        return running;
    }

    /// Whether a flow talks, or waits for the one that talks since it runs that.
    boolean isTalking(String name) {
        return isAmong(name, stack.subList(first(stack.size() - 1), stack.size()));
    }

    /// Whether the shopper was asked if the flow that talks shall go on, and it is about an order.
    ///
    /// @param order null for any
    boolean mayResume(@Nullable String order) {
        return top().asking && (order == null || top().isAbout(order));
    }

    /// Puts a flow that rests beneath others above them, with those that run it and those that it runs. One that has
    /// rested for too long, or is about another order than is wanted now, is dropped.
    ///
    /// @param order that it must be about, null for any
    /// @return whether it is above the others now
    boolean bringUp(String name, @Nullable String order) {
        for (int last = first(stack.size() - 1) - 1; last >= 0; last = first(last) - 1) {
            var resting = stack.subList(first(last), last + 1);
            if (isAmong(name, resting)) {
                var moved = List.copyOf(resting);
                resting.clear();
                Long since = moved.getLast().suspendedAt;
                boolean over = since != null && now - since > DROPS_AFTER.toMillis()
                        || order != null && moved.stream().noneMatch(each -> each.isAbout(order));
                if (!over) {
                    top().suspendedAt = now;
                    top().asking = false;
                    stack.addAll(moved);
                }
                return !over;
            }
        }
        return false;
    }

    private static boolean isAmong(String name, List<Running> flows) {
        return flows.stream().anyMatch(running -> running.flow.name().equals(name));
    }

    /// Where the flows begin that run one another up to this one: each but the last waits for the one above it.
    private int first(int last) {
        int first = last;
        while (first > 0 && stack.get(first - 1).suspendedAt == null) {
            first--;
        }
        return first;
    }

    /// Runs until the shopper must speak, a person is wanted, or no flow is left.
    void go() {
        waiting = false;
        for (int i = 0; i < MOST_STEPS; i++) {
            if (stack.isEmpty() || waiting || overtaken || person != null) {
                return;
            }
            var running = top();
            talked = running.flow.name();
            if (running.flow.resume() != null && running.step == running.flow.resume()) {
                running.passedResume = true;
            }
            perform(running, running.here());
        }
        person = "dialog_circle";
    }

    private void perform(Running running, Step step) {
        switch (step.does()) {
            case Action.Say(var words) -> {
                speech.say(said(words, running));
                running.step = step.next();
            }
            case Action.Ask ask -> ask(running, step, ask);
            case Action.Choose choose -> choose(running, step, choose);
            case Action.Confirm confirm -> confirm(running, confirm);
            case Action.CallFunction call -> call(running, step, call);
            case Action.SetSlots(var values) -> {
                values.forEach((slot, value) -> put(running, slot, value.value(scope(running))));
                running.step = step.next();
            }
            case Action.If(var condition, var then, var otherwise) ->
                running.step = condition.holds(scope(running)) ? then : otherwise;
            case Action.Goto(var target) -> running.step = target;
            case Action.Run(var name) -> run(running, step, name);
            case Action.ShowCard card -> {
                if (card.data().value(scope(running)) instanceof Map<?, ?> data) {
                    speech.show(card.card(), cardOf(data));
                }
                speech.say(said(card.words(), running));
                running.step = step.next();
            }
            case Action.HandOff(var reason) -> person = reason;
            case Action.End _ -> end();
        }
    }

    private void ask(Running running, Step step, Action.Ask ask) {
        if (running.values.get(ask.slot()) != null) {
            running.step = step.next();
            return;
        }
        Slot slot = running.flow.slots().get(ask.slot());
        var buttons = new ArrayList<Content.Option>();
        if (ask.buttons() && slot != null) {
            if (slot.kind() == Slot.Kind.YESNO) {
                buttons.addAll(yesNo(ask.slot()));
            } else {
                slot.values()
                        .keySet()
                        .forEach(value -> buttons.add(button(slot.label(value, language), ask.slot(), value)));
            }
        }
        prompt(running, said(ask.words(), running), buttons);
    }

    private void choose(Running running, Step step, Action.Choose choose) {
        var items = items(choose, running);
        int told = items.size() == 1 ? 0 : told(running, choose, items);
        if (items.isEmpty()) {
            follow(running, step, choose.none());
        } else if (told >= 0) {
            put(running, choose.slot(), items.get(told));
            follow(running, step, choose.one());
        } else {
            var buttons = new ArrayList<Content.Option>();
            for (int i = 0; i < items.size(); i++) {
                buttons.add(button(Items.label(items.get(i)), choose.slot(), Items.id(items, i)));
            }
            String card = choose.card();
            if (card != null) {
                speech.show(
                        card,
                        Map.of("orders", items.stream().map(Machine::cardOf).toList()));
            }
            prompt(running, said(choose.many(), running), buttons);
        }
    }

    /// Which of the items the words mean already that began the flow in this turn, -1 if none.
    private int told(Running running, Action.Choose choose, List<Map<String, Object>> items) {
        String told = running.told;
        running.told = null;
        return told == null ? -1 : around.hearing().pickTold(items, choose.match(), Commands.withoutDenied(told));
    }

    /// What may be chosen from.
    List<Map<String, Object>> items(Action.Choose choose, Running running) {
        return Items.of(choose.from().value(scope(running)), MOST_ITEMS);
    }

    private void confirm(Running running, Action.Confirm confirm) {
        running.confirmed = false;
        running.values.remove(confirm.slot());
        if (confirm.card()) {
            var body = new LinkedHashMap<String, Object>();
            running.flow.slots().values().stream()
                    .filter(slot -> slot.kind() == Slot.Kind.ORDER)
                    .map(slot -> running.values.get(slot.name()))
                    .filter(order -> order instanceof Map<?, ?> map && map.get("card") instanceof Map)
                    .findFirst()
                    .ifPresent(order -> body.put("order", cardOf((Map<?, ?>) order)));
            speech.show("confirm", body);
        }
        prompt(running, said(confirm.words(), running), yesNo(confirm.slot()));
    }

    private void prompt(Running running, String text, List<Content.Option> buttons) {
        running.asked();
        speech.ask(text, buttons);
        waiting = true;
    }

    private void run(Running running, Step step, String name) {
        running.step = step.next();
        Flow flow = around.flows().current(question.user(), name);
        if (flow == null || stack.size() >= DialogState.DEPTH) {
            person = flow == null ? "dialog_flow_missing" : "dialog_too_deep";
            return;
        }
        if (!Engine.mayBegin(flow, question)) {
            speech.say(around.wording().say(language, "order.login_needed"));
            end();
            return;
        }
        stack.add(new Running(flow, newRun()));
    }

    private void call(Running running, Step step, Action.CallFunction call) {
        var function = call.function();
        var arguments = new LinkedHashMap<String, Object>();
        call.with().forEach((name, value) -> {
            Object given = value.value(scope(running));
            if (given != null) {
                arguments.put(name, given);
            }
        });
        if (function.arguments().containsKey("buyer")) {
            arguments.put("buyer", question.user().id());
        }
        if (function.writes()) {
            person = refusal(running, function);
            if (person != null) {
                return;
            }
        }
        String run = question.sessionId() + ':' + running.runId;
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
                            new io.xiaoer.bot.dialog.function.Call(
                                    question.user(), question.sessionId(), key, language, deadline));
            running.written |= function.writes();
            String into = call.into();
            if (into != null) {
                put(running, into, out);
            }
            running.step = step.next();
        } catch (CallFailed e) {
            // What is not known to have failed may still take effect, and counts.
            if (function.writes() && e.reason() != CallFailed.Reason.UNAVAILABLE) {
                around.gate().giveBack(question, function, key);
            }
            follow(running, step, call.onError());
        }
    }

    /// Asks the gate for a write. Nothing may stand between this and the write: it is the one look at whether the
    /// question is still the bot's.
    private boolean admitted(Running running, FunctionSpec function, String key) {
        switch (around.gate().admit(question, function, key)) {
            case ADMITTED -> {
                return true;
            }
            case TOO_MANY -> person = running.flow.name() + "_too_many";
            case OVERTAKEN -> overtaken = true;
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

    /// Goes where a branch leads.
    void follow(Running running, Step step, Branch branch) {
        branch.clear().forEach(running.values::remove);
        if (branch.say() != null) {
            speech.say(said(branch.say(), running));
        }
        running.tries = 0;
        switch (branch.exit()) {
            case Branch.Exit.Next _ -> running.step = step.next();
            case Branch.Exit.To(var target) -> running.step = target;
            case Branch.Exit.Person(var reason) -> person = reason;
            case Branch.Exit.End _ -> end();
        }
    }

    /// Ends the flow that talks; the one beneath goes on.
    void end() {
        talked = top().flow.name();
        stack.removeLast();
        while (!stack.isEmpty()) {
            var below = top();
            if (below.suspendedAt == null) {
                return;
            }
            long rest = now - below.suspendedAt;
            if (rest > DROPS_AFTER.toMillis()) {
                stack.subList(first(stack.size() - 1), stack.size()).clear();
            } else if (rest > ASKS_AFTER.toMillis()) {
                below.asking = true;
                below.tries = 0;
                askToResume(below);
                return;
            } else {
                resume(below);
                return;
            }
        }
    }

    /// Asks whether a flow shall go on.
    void askToResume(Running below) {
        speech.ask(own("resume_ask", title(below)), yesNo(RESUME));
        waiting = true;
    }

    /// Goes on with a flow that was interrupted.
    void resume(Running below) {
        speech.say(own("resume", title(below)));
        below.suspendedAt = null;
        below.asking = false;
        below.tries = 0;
        Integer from = below.flow.resume();
        if (from != null && below.passedResume) {
            below.confirmed = false;
            below.step = from;
        }
    }

    /// Goes on, unless the shopper was asked whether to.
    void goUnlessAsked() {
        if (!waiting && !stack.isEmpty() && !top().asking) {
            go();
        }
    }

    /// When the turn is handled, in ms.
    long now() {
        return now;
    }

    /// What is said when a flow is called off.
    String cancelled(Running running) {
        Phrase words = running.flow.cancelled();
        return words == null ? own("cancelled", title(running)) : said(words, running);
    }

    /// What the flow that talks asks at the step where it stands, in its own words: without those that the shopper
    /// wrote.
    String asked() {
        String asked = switch (top().here().does()) {
            case Action.Ask ask -> said(ask.words(), top());
            case Action.Choose choose -> said(choose.many(), top());
            case Action.Confirm confirm -> said(confirm.words(), top());
            default -> "";
        };
        for (Slot slot : top().flow.slots().values()) {
            if (slot.kind() == Slot.Kind.TEXT && top().values.get(slot.name()) instanceof String written) {
                asked = asked.replace(written, " ");
            }
        }
        return asked;
    }

    /// Asks again what was asked.
    void askAgain() {
        if (top().asking) {
            askToResume(top());
        } else {
            go();
        }
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
                            Map.of("buyer", question.user().id(), "order", number),
                            new io.xiaoer.bot.dialog.function.Call(
                                    question.user(), question.sessionId(), "", language, deadline));
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

    /// Puts a value, or takes an empty one away.
    static void put(Running running, String name, @Nullable Object value) {
        if (value == null) {
            running.values.remove(name);
        } else {
            running.values.put(
                    name,
                    value instanceof List<?> many ? many.stream().limit(50).toList() : value);
        }
    }

    /// Words with the values of a flow in them.
    String said(Phrase words, Running running) {
        return rendering.words(words, running, scope(running));
    }

    /// What the flow that talks is about.
    String about() {
        return title(top());
    }

    private String title(Running running) {
        return said(running.flow.title(), running);
    }

    private Scope scope(Running running) {
        return name -> switch (name) {
            case "buyer" ->
                Map.of("id", question.user().id(), "guest", question.user().kind() == UserKey.Kind.GUEST);
            case "session" ->
                question.orderId() == null
                        ? Map.of("id", question.sessionId())
                        : Map.of("id", question.sessionId(), "order", question.orderId());
            case "flow" -> Map.of("name", running.flow.name(), "runId", running.runId);
            default -> running.values.get(name);
        };
    }

    private static Map<String, Object> cardOf(Map<?, ?> data) {
        var body = new LinkedHashMap<String, Object>();
        if (data.get("card") instanceof Map<?, ?> card) {
            card.forEach((key, value) -> body.put(String.valueOf(key), value));
        }
        return body;
    }

    private List<Content.Option> yesNo(String slot) {
        return List.of(button(own("yes"), slot, "yes"), button(own("no"), slot, "no"));
    }

    private Content.Option button(String label, String slot, String value) {
        return Speech.button(
                label, around.payloads().sign(question.sessionId(), top().runId, turn, slot + '=' + value));
    }
}
