package io.xiaoer.bench.report;

import io.xiaoer.bench.measure.Ratio;
import io.xiaoer.bench.measure.Round;
import io.xiaoer.bench.measure.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// A result in lines, for people.
public final class Table {
    private static final int TOLD = 10;
    private static final double KB_PER_MB = 1024;

    private Table() {}

    public static String of(Result result) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add(result.scenario() + ": " + result.about());
        ledger(result, lines);
        if (result.speedStands()) {
            if (!result.rounds().isEmpty()) {
                rounds(result, lines);
                costs(result, lines);
                ratios(result, lines);
            }
            result.figures().forEach((name, value) -> lines.add(text("  %-44s %s", name, value)));
        } else if (!result.inOrder()) {
            lines.add(
                    result.ledger().clean()
                            ? "  No speed is told: it was not the bot alone that answered."
                            : "  No speed is told: the ledger is not in order.");
        } else {
            lines.add(text(
                    "  No speed is told: every round is void (%s). The generator may be %.0f ms late; the machine is too"
                            + " busy, or its shoppers have nothing left to say.",
                    whyVoid(result), result.mostLate()));
        }
        return String.join("\n", lines);
    }

    private static void ledger(Result result, List<String> lines) {
        var ledger = result.ledger();
        lines.add(text(
                "  ledger: %d said, %d acknowledged, %d answered; %d breaches; outcomes %s",
                ledger.said().size(),
                ledger.acknowledged(),
                ledger.answered(),
                ledger.breaches().size(),
                ledger.outcomes()));
        ledger.breaches().stream().limit(TOLD).forEach(breach -> lines.add("    " + breach));
    }

    private static String whyVoid(Result result) {
        return result.rounds().stream()
                .map(round -> round.whyVoid(result.mostLate()))
                .collect(Collectors.joining(", "));
    }

    private static void rounds(Result result, List<String> lines) {
        lines.add(text(
                "  %-16s %5s %8s %8s | %8s %8s %8s %8s | %8s %8s | %10s %7s",
                "",
                "round",
                "said",
                "per s",
                "p50 ms",
                "p99 ms",
                "p99.9",
                "max",
                "ack p50",
                "ack p99",
                "CPU µs/msg",
                "late ms"));
        for (Round round : result.rounds()) {
            if (round.isVoid(result.mostLate())) {
                lines.add(text(
                        "  %-16s %5d %8d   void: %s",
                        round.contender(), round.number(), round.said().size(), round.whyVoid(result.mostLate())));
                continue;
            }
            lines.add(text(
                    "  %-16s %5d %8d %8.0f | %8.1f %8.1f %8.1f %8.1f | %8.1f %8.1f | %10.0f %7.1f",
                    round.contender(),
                    round.number(),
                    round.said().size(),
                    round.rate(),
                    round.answers().percentile(50),
                    round.answers().percentile(99),
                    round.answers().percentile(99.9),
                    round.answers().max(),
                    round.acks().percentile(50),
                    round.acks().percentile(99),
                    round.suiteCpuPerMessage(),
                    round.lateness().p999()));
        }
    }

    /// By process: the median of the rounds that count, of each contender.
    private static void costs(Result result, List<String> lines) {
        var names = result.contenders();
        lines.add(text("  %-24s %s", "process", heads(names)));
        for (String process : result.processes()) {
            lines.add(text(
                    "  %-24s %s",
                    process + (process.equals(Usage.GENERATOR) ? " (no part of it)" : ""),
                    names.stream().map(name -> cost(result, name, process)).collect(Collectors.joining())));
        }
        lines.add(text(
                "  %-24s %s",
                "suite",
                names.stream()
                        .map(name -> cost(result, name, Round::suiteCpuPerMessage, Round::suitePss))
                        .collect(Collectors.joining())));
    }

    private static String heads(List<String> contenders) {
        return contenders.stream()
                .map(name -> text("%22s %9s", name + " µs/msg", "Pss MB"))
                .collect(Collectors.joining());
    }

    private static String cost(Result result, String contender, String process) {
        return result.processes(contender).contains(process)
                ? cost(
                        result,
                        contender,
                        round -> round.cpuPerMessage(process),
                        round -> round.pss().getOrDefault(process, 0L))
                : text("%22s %9s", "-", "-");
    }

    private static String cost(
            Result result, String contender, ToDoubleFunction<Round> cpu, ToDoubleFunction<Round> pss) {
        return text("%22.0f %9.0f", Medians.of(result, contender, cpu), Medians.of(result, contender, pss) / KB_PER_MB);
    }

    private static void ratios(Result result, List<String> lines) {
        result.contenders().stream().skip(1).forEach(name -> {
            ratio(lines, result, name, "CPU a message", Round::suiteCpuPerMessage);
            ratio(lines, result, name, "p50", round -> round.answers().percentile(50));
            ratio(lines, result, name, "p99", round -> round.answers().percentile(99));
        });
    }

    private static void ratio(
            List<String> lines, Result result, String name, String what, ToDoubleFunction<Round> figure) {
        for (Ratio ratio : result.ratio(name, figure)) {
            lines.add(text("  %s / %s, %s: %s", name, result.contenders().getFirst(), what, ratio));
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
