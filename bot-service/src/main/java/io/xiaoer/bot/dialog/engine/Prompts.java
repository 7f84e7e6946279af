package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.dialog.flow.Action;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.bot.dialog.flow.Step;
import io.xiaoer.common.message.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Asks the shopper what a step wants to know, with its buttons and cards, unless that is known already.
final class Prompts {

    private static final int MOST = 20;

    private final Around around;
    private final Machine machine;
    private final int turn;

    /// @param turn the number of the turn, which its buttons bear
    Prompts(Around around, Machine machine, int turn) {
        this.around = around;
        this.machine = machine;
        this.turn = turn;
    }

    /// Asks for the value of a slot.
    void ask(Running running, Step step, Action.Ask ask) {
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
                        .forEach(value -> buttons.add(button(slot.label(value, machine.language), ask.slot(), value)));
            }
        }
        prompt(running, machine.said(ask.words(), running), buttons);
    }

    /// Has one of several chosen; one alone needs no choice, nor does one that the words have told.
    void choose(Running running, Step step, Action.Choose choose) {
        var items = items(choose, running);
        int told = items.size() == 1 ? 0 : told(running, choose, items);
        if (items.isEmpty()) {
            machine.follow(running, step, choose.none());
        } else if (told >= 0) {
            Machine.put(running, choose.slot(), items.get(told));
            machine.follow(running, step, choose.one());
        } else {
            var buttons = new ArrayList<Content.Option>();
            for (int i = 0; i < items.size(); i++) {
                buttons.add(button(Items.label(items.get(i)), choose.slot(), Items.id(items, i)));
            }
            String card = choose.card();
            if (card != null) {
                machine.speech.show(
                        card,
                        Map.of("orders", items.stream().map(Machine::cardOf).toList()));
            }
            prompt(running, machine.said(choose.many(), running), buttons);
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
        return Items.of(choose.from().value(machine.scope(running)), MOST);
    }

    /// Asks for a yes or a no that something hangs on.
    void confirm(Running running, Action.Confirm confirm) {
        running.confirmed = false;
        running.values.remove(confirm.slot());
        if (confirm.card()) {
            var body = new LinkedHashMap<String, Object>();
            running.flow.slots().values().stream()
                    .filter(slot -> slot.kind() == Slot.Kind.ORDER)
                    .map(slot -> running.values.get(slot.name()))
                    .filter(order -> order instanceof Map<?, ?> map && map.get("card") instanceof Map)
                    .findFirst()
                    .ifPresent(order -> body.put("order", Machine.cardOf((Map<?, ?>) order)));
            machine.speech.show("confirm", body);
        }
        prompt(running, machine.said(confirm.words(), running), yesNo(confirm.slot()));
    }

    private void prompt(Running running, String text, List<Content.Option> buttons) {
        running.asked();
        machine.speech.ask(text, buttons);
        machine.waitForShopper();
    }

    /// What the flow that talks asks at the step where it stands, in its own words: without those that the shopper
    /// wrote.
    String asked() {
        String asked = switch (machine.top().here().does()) {
            case Action.Ask ask -> machine.said(ask.words(), machine.top());
            case Action.Choose choose -> machine.said(choose.many(), machine.top());
            case Action.Confirm confirm -> machine.said(confirm.words(), machine.top());
            default -> "";
        };
        for (Slot slot : machine.top().flow.slots().values()) {
            if (slot.kind() == Slot.Kind.TEXT && machine.top().values.get(slot.name()) instanceof String written) {
                asked = asked.replace(written, " ");
            }
        }
        return asked;
    }

    /// Asks whether a flow shall go on.
    void askToResume(Running below) {
        machine.speech.ask(machine.own("resume_ask", machine.title(below)), yesNo(Machine.RESUME));
        machine.waitForShopper();
    }

    private List<Content.Option> yesNo(String slot) {
        return List.of(button(machine.own("yes"), slot, "yes"), button(machine.own("no"), slot, "no"));
    }

    private Content.Option button(String label, String slot, String value) {
        return Speech.button(
                label,
                around.payloads().sign(machine.question.sessionId(), machine.top().runId, turn, slot + '=' + value));
    }
}
