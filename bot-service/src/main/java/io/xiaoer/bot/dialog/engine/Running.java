package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.bot.dialog.flow.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A flow under way while a turn is handled.
final class Running {

    private static final int MOST_TRAIL = 20;

    final Flow flow;
    final Map<String, Object> values;
    private final List<Integer> trail;
    int step;
    int tries;
    String runId;

    @Nullable
    Long suspendedAt;

    boolean confirmed;
    boolean written;
    boolean passedResume;
    boolean asking;

    /// The words that began it, or called for it again, in this turn.
    @Nullable
    String told;

    Running(Flow flow, String runId) {
        this.flow = flow;
        this.runId = runId;
        this.values = new LinkedHashMap<>();
        this.trail = new ArrayList<>();
    }

    Running(Frame frame, Flow flow) {
        this.flow = flow;
        this.values = new LinkedHashMap<>(frame.values());
        this.trail = new ArrayList<>(frame.trail());
        this.step = frame.step();
        this.tries = frame.tries();
        this.runId = frame.runId();
        this.suspendedAt = frame.suspendedAt();
        this.confirmed = frame.confirmed();
        this.written = frame.written();
        this.passedResume = frame.passedResume();
        this.asking = frame.asking();
    }

    /// What is remembered of it.
    Frame frame() {
        return new Frame(
                flow.name(),
                flow.version(),
                flow.edition(),
                step,
                values,
                tries,
                runId,
                suspendedAt,
                confirmed,
                written,
                passedResume,
                asking,
                trail);
    }

    /// The step that it stands at.
    Step here() {
        return flow.step(step);
    }

    /// The slot that it waits for, null if it waits for none.
    @Nullable
    Slot awaited() {
        String name = here().does().awaited();
        return name == null ? null : flow.slots().get(name);
    }

    /// Whether it is about an order of this number.
    boolean isAbout(String number) {
        return flow.slots().values().stream()
                .filter(slot -> slot.kind() == Slot.Kind.ORDER)
                .anyMatch(slot -> values.get(slot.name()) instanceof Map<?, ?> order && number.equals(order.get("no")));
    }

    /// The number of the order that it is about, null if it is about none.
    @Nullable
    String order() {
        return flow.slots().values().stream()
                .filter(slot -> slot.kind() == Slot.Kind.ORDER)
                .map(slot -> values.get(slot.name()) instanceof Map<?, ?> order ? order.get("no") : null)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .findFirst()
                .orElse(null);
    }

    /// Notes that this step was asked.
    void asked() {
        if (trail.isEmpty() || trail.getLast() != step) {
            trail.add(step);
            if (trail.size() > MOST_TRAIL) {
                trail.removeFirst();
            }
        }
    }

    /// Goes back to the step that was asked before this one, and forgets what both were told.
    ///
    /// @return whether there is one
    boolean stepBack() {
        while (!trail.isEmpty() && trail.getLast() == step) {
            trail.removeLast();
        }
        if (trail.isEmpty()) {
            return false;
        }
        forgetAwaited();
        step = trail.getLast();
        forgetAwaited();
        confirmed = false;
        tries = 0;
        return true;
    }

    /// Begins anew, under a run of its own.
    void restart(String newRun) {
        values.clear();
        trail.clear();
        step = 0;
        tries = 0;
        runId = newRun;
        confirmed = false;
        written = false;
        passedResume = false;
    }

    /// Takes another value for a slot, and goes back to what depends on it; what has not been asked yet
    /// is not passed over.
    void correct(String slot, Object value) {
        values.put(slot, value);
        confirmed = false;
        tries = 0;
        for (Step each : flow.steps()) {
            String dependent = each.does().awaited();
            if (dependent != null && !dependent.equals(slot) && each.depends().contains(slot)) {
                values.remove(dependent);
            }
        }
        int target = flow.dependentOn(slot);
        if (target != Flow.NOWHERE && target < step) {
            step = target;
        }
    }

    /// Goes back to where one of several was chosen, which is open again.
    void chooseAgain(int at, String slot) {
        values.remove(slot);
        confirmed = false;
        tries = 0;
        step = at;
    }

    private void forgetAwaited() {
        String slot = here().does().awaited();
        if (slot != null) {
            values.remove(slot);
        }
    }
}
