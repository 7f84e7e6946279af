package io.xiaoer.bot.dialog.flow;

import io.xiaoer.bot.dialog.yaml.Fault;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds flows that run one another in a circle. A file cannot show that by itself: it takes the other flows of the
/// shop.
public final class FlowCircles {

    private final Flow flow;
    private final Function<String, ? extends Collection<Flow>> others;
    private final Set<Flow> seen = new HashSet<>();

    private FlowCircles(Flow flow, Function<String, ? extends Collection<Flow>> others) {
        this.flow = flow;
        this.others = others;
    }

    /// What is wrong with a flow beside others; empty if nothing is.
    ///
    /// @param others those that talk under a name, several while one of them is tried
    public static List<Fault> of(Flow flow, Function<String, ? extends Collection<Flow>> others) {
        var circles = new FlowCircles(flow, others);
        return flow.steps().stream()
                .map(circles::fault)
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable Fault fault(Step step) {
        String way = step.does() instanceof Action.Run(var name) ? back(name) : null;
        return way == null
                ? null
                : new Fault(
                        flow.name() + ".yml",
                        step.line(),
                        "the flows run in a circle: " + flow.name() + " -> " + way,
                        "end one of them instead, or lead it on with handoff");
    }

    /// The way from a flow back to the one that was asked about, null if there is none.
    private @Nullable String back(String name) {
        if (name.equals(flow.name())) {
            return name;
        }
        for (Flow other : others.apply(name)) {
            if (seen.add(other)) {
                for (Step step : other.steps()) {
                    String way = step.does() instanceof Action.Run(var next) ? back(next) : null;
                    if (way != null) {
                        return name + " -> " + way;
                    }
                }
            }
        }
        return null;
    }
}
