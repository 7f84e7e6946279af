package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.dialog.expression.Scope;
import io.xiaoer.bot.dialog.flow.Action;
import io.xiaoer.bot.dialog.flow.Branch;
import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.dialog.flow.Phrase;
import io.xiaoer.bot.dialog.flow.Step;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.UserKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs the steps of flows within one turn, until the shopper must speak, a person is wanted, or no flow is left. How
/// the turn was understood is not its matter; what is asked is told by [Prompts], and functions are called by
/// [Calling].
final class Machine {

    /// The value of the buttons that ask whether to go on.
    static final String RESUME = "resume";

    private static final int MOST_STEPS = 100;
    private static final Duration ASKS_AFTER = Duration.ofMinutes(10);
    static final Duration DROPS_AFTER = Duration.ofMinutes(30);

    final Question question;
    final Speech speech = new Speech();
    final List<Running> stack = new ArrayList<>();
    final Language language;
    final Calling calling;
    final Prompts prompts;
    private final Around around;
    private final Rendering rendering;
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
        this.language = language;
        this.now = around.clock().millis();
        this.rendering = new Rendering(language);
        this.calling = new Calling(around, this, deadline);
        this.prompts = new Prompts(around, this, turn);
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

    /// Wants a person, and runs no further.
    void wantPerson(String reason) {
        person = reason;
    }

    /// Runs no further: the question is not the bot's to answer any more.
    void overtake() {
        overtaken = true;
    }

    /// Runs no further until the shopper has spoken.
    void waitForShopper() {
        waiting = true;
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

    /// Puts the same flow beneath the one that talks, about another of what is chosen from; it goes on
    /// when that ends.
    void rest(Running talking, String slot, Map<String, Object> item) {
        var running = new Running(talking.flow, newRun());
        running.values.putAll(talking.values);
        running.values.put(slot, item);
        running.step = talking.here().next();
        running.suspendedAt = now;
        stack.add(stack.size() - 1, running);
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
            case Action.Ask ask -> prompts.ask(running, step, ask);
            case Action.Choose choose -> prompts.choose(running, step, choose);
            case Action.Confirm confirm -> prompts.confirm(running, confirm);
            case Action.CallFunction call -> calling.call(running, step, call);
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
                prompts.askToResume(below);
                return;
            } else {
                resume(below);
                return;
            }
        }
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

    /// Asks again what was asked.
    void askAgain() {
        if (top().asking) {
            prompts.askToResume(top());
        } else {
            go();
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

    /// The title of a flow.
    String title(Running running) {
        return said(running.flow.title(), running);
    }

    /// What the expressions of a flow see.
    Scope scope(Running running) {
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

    /// The card that comes with a value.
    static Map<String, Object> cardOf(Map<?, ?> data) {
        var body = new LinkedHashMap<String, Object>();
        if (data.get("card") instanceof Map<?, ?> card) {
            card.forEach((key, value) -> body.put(String.valueOf(key), value));
        }
        return body;
    }
}
