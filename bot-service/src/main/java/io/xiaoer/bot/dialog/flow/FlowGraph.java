package io.xiaoer.bot.dialog.flow;

import io.xiaoer.bot.dialog.yaml.Faults;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/// Looks at the ways through a flow: every step must be reached, none may run past the last, none in a circle without
/// asking, and to no write may lead a way without a shopper's yes.
final class FlowGraph {

    private final Flow flow;
    private final Faults faults;

    private FlowGraph(Flow flow, Faults faults) {
        this.flow = flow;
        this.faults = faults;
    }

    static void check(Flow flow, Faults faults) {
        if (!flow.steps().isEmpty()) {
            new FlowGraph(flow, faults).check();
        }
    }

    /// A way from a step to another.
    ///
    /// @param asks whether the shopper speaks in between
    /// @param yes whether it is a yes at a confirm
    private record Way(int to, boolean asks, boolean yes) {}

    private void check() {
        var entries = new ArrayList<Integer>(List.of(0));
        if (flow.resume() != null) {
            entries.add(flow.resume());
        }
        var reached = reach(entries, true);
        for (Step step : flow.steps()) {
            if (!reached.get(step.index())) {
                faults.add(step.line(), "the step is never reached", "lead a goto or a branch to it, or take it out");
            } else if (ways(step).stream().anyMatch(way -> way.to() == Flow.NOWHERE) && !hasFaultyTarget(step)) {
                faults.add(step.line(), "the flow runs past its last step here", "go on with end, goto or handoff");
            }
        }
        checkCircles(reached);
        checkWrites(entries);
    }

    /// A name that does not stand for a step was told of.
    private boolean hasFaultyTarget(Step step) {
        return step.next() != Flow.NOWHERE || step.does() instanceof Action.Goto;
    }

    private void checkCircles(BitSet reached) {
        int[] colour = new int[flow.steps().size()];
        for (Step step : flow.steps()) {
            if (reached.get(step.index()) && colour[step.index()] == 0) {
                walk(step.index(), colour);
            }
        }
    }

    private void walk(int from, int[] colour) {
        colour[from] = 1;
        for (Way way : ways(flow.step(from))) {
            if (way.asks() || way.to() == Flow.NOWHERE) {
                continue;
            }
            if (colour[way.to()] == 1) {
                faults.add(
                        flow.step(from).line(),
                        "the flow goes round from here without asking",
                        "put an ask, choose or confirm into the circle, or end it");
            } else if (colour[way.to()] == 0) {
                walk(way.to(), colour);
            }
        }
        colour[from] = 2;
    }

    /// A correction may lead to a step from anywhere, so it is as good as a beginning.
    private void checkWrites(List<Integer> entries) {
        var beginnings = new ArrayList<>(entries);
        for (String slot : flow.slots().keySet()) {
            int step = flow.dependentOn(slot);
            if (step != Flow.NOWHERE) {
                beginnings.add(step);
            }
        }
        var unasked = reach(beginnings, false);
        for (Step step : flow.steps()) {
            if (unasked.get(step.index())
                    && step.does() instanceof Action.CallFunction call
                    && call.function().writes()) {
                faults.add(
                        step.line(),
                        "`" + call.function().name() + "` writes, and a way leads here without a confirm",
                        "put a confirm on every way to it");
            }
        }
    }

    private BitSet reach(Collection<Integer> from, boolean overYes) {
        var reached = new BitSet();
        var open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            int index = open.pop();
            if (index == Flow.NOWHERE || reached.get(index)) {
                continue;
            }
            reached.set(index);
            for (Way way : ways(flow.step(index))) {
                if (overYes || !way.yes()) {
                    open.push(way.to());
                }
            }
        }
        return reached;
    }

    private List<Way> ways(Step step) {
        var ways = new ArrayList<Way>();
        switch (step.does()) {
            case Action.Say _, Action.SetSlots _, Action.ShowCard _, Action.Run _ -> add(ways, step.next(), false);
            case Action.Ask ask -> {
                add(ways, step.next(), true);
                add(ways, step, ask.onFail(), true, false);
            }
            case Action.Choose choose -> {
                add(ways, step, choose.none(), false, false);
                add(ways, step, choose.one(), false, false);
                add(ways, step.next(), true);
                add(ways, step, choose.onFail(), true, false);
            }
            case Action.CallFunction call -> {
                add(ways, step.next(), false);
                add(ways, step, call.onError(), false, false);
            }
            case Action.If decision -> {
                add(ways, decision.then(), false);
                add(ways, decision.otherwise(), false);
            }
            case Action.Confirm confirm -> {
                add(ways, step, confirm.yes(), true, true);
                add(ways, step, confirm.no(), true, false);
                add(ways, step, confirm.onFail(), true, false);
            }
            case Action.Goto(var target) -> add(ways, target, false);
            case Action.HandOff _, Action.End _ -> {}
        }
        return ways;
    }

    private static void add(List<Way> ways, int to, boolean asks) {
        ways.add(new Way(to, asks, false));
    }

    private static void add(List<Way> ways, Step step, Branch branch, boolean asks, boolean yes) {
        switch (branch.exit()) {
            case Branch.Exit.Next _ -> ways.add(new Way(step.next(), asks, yes));
            case Branch.Exit.To(var target) -> ways.add(new Way(target, asks, yes));
            case Branch.Exit.Person _, Branch.Exit.End _ -> {}
        }
    }
}
