package io.xiaoer.bench.report;

import io.xiaoer.bench.measure.Latencies;
import io.xiaoer.bench.measure.Round;
import io.xiaoer.bench.measure.Usage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A result as one page that needs nothing else: no script, no font, no address.
public final class HtmlReport {
    private static final double KB_PER_MB = 1024;

    private HtmlReport() {}

    public static String of(Result result) throws IOException {
        return template()
                .replace("{{title}}", escaped(result.scenario()))
                .replace("{{about}}", escaped(result.about()))
                .replace("{{verdict}}", verdict(result))
                .replace("{{tiles}}", result.speedStands() ? tiles(result) : "")
                .replace("{{charts}}", result.speedStands() ? charts(result) : breaches(result))
                .replace("{{rounds}}", rounds(result))
                .replace("{{settings}}", pairs(result.settings()))
                .replace("{{machine}}", pairs(Machine.tell()));
    }

    private static String verdict(Result result) {
        var ledger = result.ledger();
        var counts = text(
                "%d said, %d acknowledged, %d answered, %d breaches",
                ledger.said().size(),
                ledger.acknowledged(),
                ledger.answered(),
                ledger.breaches().size());
        if (!result.inOrder()) {
            return "<p class='verdict bad'>The ledger is not in order: no speed is told. %s; outcomes %s.</p>"
                    .formatted(counts, escaped(ledger.outcomes().toString()));
        }
        var good =
                "<p class='verdict good'>Nothing lost, doubled, out of order or unanswered: %s.</p>".formatted(counts);
        return result.speedStands() ? good : good + "<p class='verdict bad'>Every round is void: no speed is told.</p>";
    }

    private static String tiles(Result result) {
        var tiles = new ArrayList<String>();
        if (!result.rounds().isEmpty()) {
            speed(result, tiles);
        }
        result.figures().forEach((name, value) -> tiles.add(tile(name, "%s", value)));
        return String.join("\n", tiles);
    }

    private static void speed(Result result, List<String> tiles) {
        var first = result.contenders().getFirst();
        var whose = result.contenders().size() > 1 ? first + ": " : "";
        tiles.add(tile(whose + "messages a second", "%.0f", Medians.of(result, first, Round::rate)));
        tiles.add(tile(
                whose + "answer p50, ms",
                "%.1f",
                Medians.of(result, first, it -> it.answers().percentile(50))));
        tiles.add(tile(
                whose + "answer p99, ms",
                "%.1f",
                Medians.of(result, first, it -> it.answers().percentile(99))));
        tiles.add(tile(whose + "CPU a message, µs", "%.0f", Medians.of(result, first, Round::suiteCpuPerMessage)));
        tiles.add(tile(whose + "memory, MB", "%.0f", Medians.of(result, first, Round::suitePss) / KB_PER_MB));
        result.contenders().stream()
                .skip(1)
                .forEach(other -> result.ratio(other, Round::suiteCpuPerMessage)
                        .forEach(ratio ->
                                tiles.add(tile("%s / %s, CPU a message".formatted(other, first), "%s", ratio))));
    }

    private static String tile(String name, String format, Object value) {
        return "<div class='tile'><b>%s</b><span>%s</span></div>"
                .formatted(escaped(text(format, value)), escaped(name));
    }

    private static String charts(Result result) {
        if (result.rounds().isEmpty()) {
            return "";
        }
        var charts = new StringBuilder();
        var answers = new ArrayList<Curves.Line>();
        for (Round round : result.valid()) {
            var name = result.contenders().size() > 1
                    ? round.contender() + " " + round.number()
                    : "round " + round.number();
            answers.add(new Curves.Line(
                    name,
                    result.contenders().indexOf(round.contender()),
                    round.answers().curve()));
        }
        charts.append(figure(
                "How long until the answer was shown, from when the question was to be sent",
                Curves.draw(answers) + Curves.legend(result.contenders())));
        charts.append(
                figure("Second by second, ms", Curves.overTime(result.valid()) + Curves.legend(List.of("p50", "p99"))));
        for (String contender : result.contenders()) {
            var title = "Processor time a message, µs" + (result.contenders().size() > 1 ? ": " + contender : "");
            charts.append(figure(title, bars(result, contender)));
        }
        return charts.toString();
    }

    private static String figure(String title, String drawing) {
        return "<figure><figcaption>%s</figcaption>%s</figure>%n".formatted(escaped(title), drawing);
    }

    private static String bars(Result result, String contender) {
        var processes = result.processes(contender);
        var most = processes.stream()
                .mapToDouble(name -> Medians.of(result, contender, it -> it.cpuPerMessage(name)))
                .max()
                .orElse(1);
        return processes.stream()
                .map(name -> bar(
                        name,
                        Medians.of(result, contender, it -> it.cpuPerMessage(name)),
                        Math.max(most, 1),
                        Medians.of(result, contender, it -> it.pss().getOrDefault(name, 0L)) / KB_PER_MB))
                .collect(Collectors.joining("\n", "<div class='bars'>", "</div>"));
    }

    private static String bar(String name, double cpu, double most, double megabytes) {
        var kind = name.equals(Usage.GENERATOR) ? "generator" : "";
        return text(
                "<div class='bar %s'><span>%s</span><i><u style='width:%.1f%%'></u></i><b>%.0f µs</b><em>%.0f MB</em></div>",
                kind, escaped(name), 100 * cpu / most, cpu, megabytes);
    }

    private static String breaches(Result result) {
        var ledger = result.ledger();
        return ledger.breaches().stream()
                .limit(50)
                .map(breach -> "<li>%s</li>".formatted(escaped(breach.toString())))
                .collect(Collectors.joining("\n", "<ul>", "</ul>"));
    }

    private static String rounds(Result result) {
        var rows = new StringBuilder();
        for (Round round : result.rounds()) {
            var late = text("%.1f", round.lateness().p999());
            if (round.isVoid(result.mostLate()) || !result.inOrder()) {
                rows.append(text(
                        "<tr class='void'><td>%s</td><td>%d</td><td>%d</td><td colspan='8'>%s</td><td>%s</td></tr>%n",
                        escaped(round.contender()),
                        round.number(),
                        round.said().size(),
                        result.inOrder() ? "void: " + round.whyVoid(result.mostLate()) : "no speed is told",
                        late));
                continue;
            }
            rows.append(text(
                    "<tr><td>%s</td><td>%d</td><td>%d</td><td>%.0f</td>%s<td>%.1f</td><td>%.1f</td><td>%.0f</td><td>%s</td></tr>%n",
                    escaped(round.contender()),
                    round.number(),
                    round.said().size(),
                    round.rate(),
                    cells(round.answers()),
                    round.acks().percentile(50),
                    round.acks().percentile(99),
                    round.suiteCpuPerMessage(),
                    late));
        }
        return rows.toString();
    }

    private static String cells(Latencies answers) {
        return text(
                "<td>%.1f</td><td>%.1f</td><td>%.1f</td><td>%.1f</td>",
                answers.percentile(50), answers.percentile(99), answers.percentile(99.9), answers.max());
    }

    private static String pairs(Map<String, Object> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> "<dt>%s</dt><dd>%s</dd>"
                        .formatted(escaped(pair.getKey()), escaped(String.valueOf(pair.getValue()))))
                .collect(Collectors.joining("\n"));
    }

    private static String template() throws IOException {
        try (var stream = HtmlReport.class.getResourceAsStream("/report.html")) {
            if (stream == null) {
                throw new FileNotFoundException("report.html");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
