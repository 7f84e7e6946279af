package io.xiaoer.bench.scenario;

import io.xiaoer.bench.json.JsonRuns;
import io.xiaoer.bench.json.JsonRuns.Cost;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Ratio;
import io.xiaoer.bench.report.Result;
import io.xiaoer.drills.ledger.Breach;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// The suite's frames, records and cards, read and written by fastjson2 and by Jackson.
final class Json implements Scenario {
    private static final int ROUNDS = 3;

    @Override
    public String name() {
        return "json";
    }

    @Override
    public String about() {
        return "frames, records and cards read and written by fastjson2 and by Jackson (JMH, one thread)";
    }

    @Override
    public boolean needsSuite() {
        return false;
    }

    @Override
    public Result run(Stand stand) throws IOException {
        var wishes = stand.wishes();
        var breaches = JsonRuns.disagreements().stream()
                .map(wrong -> new Breach(Breach.Kind.ALTERED, "json", wrong))
                .toList();
        var rounds = new ArrayList<Map<String, Cost>>();
        var most = wishes.rounds().orElse(ROUNDS);
        Files.createDirectories(wishes.to());
        try (var watch =
                stand.progress().watch(() -> "json: %d of %d rounds are done".formatted(rounds.size(), most))) {
            while (rounds.size() < most && breaches.isEmpty()) {
                rounds.add(JsonRuns.round(wishes.to().resolve("json.jmh.txt")));
            }
        }
        var settings = new LinkedHashMap<String, Object>();
        settings.put("rounds, each measurement in a JVM of its own", most);
        var ledger = Ledger.of(breaches);
        return new Result(name(), about(), settings, List.of(), ledger, figures(rounds), false, wishes.mostLate());
    }

    static Map<String, Object> figures(List<Map<String, Cost>> rounds) {
        var figures = new LinkedHashMap<String, Object>();
        if (rounds.isEmpty()) {
            return figures;
        }
        for (String what : JsonRuns.WHAT) {
            for (String with : JsonRuns.WITH) {
                figures.put(
                        "%s, %s, ns and bytes each".formatted(what, with),
                        text(
                                "%.0f, %.0f",
                                median(rounds, what + with, Cost::nanos), median(rounds, what + with, Cost::bytes)));
            }
            var ratio = Ratio.of(rounds.stream()
                    .map(round -> cost(round, what + JsonRuns.WITH.getFirst()).nanos()
                            / cost(round, what + JsonRuns.WITH.getLast()).nanos())
                    .toList());
            figures.put(
                    "%s, %s, time".formatted(what, String.join(" / ", JsonRuns.WITH)),
                    text("%.2f (95 %% of %.2f to %.2f)", ratio.median(), ratio.low(), ratio.high()));
        }
        return figures;
    }

    private static double median(List<Map<String, Cost>> rounds, String name, ToDoubleFunction<Cost> figure) {
        return Ratio.median(rounds.stream()
                .mapToDouble(round -> figure.applyAsDouble(cost(round, name)))
                .toArray());
    }

    private static Cost cost(Map<String, Cost> round, String name) {
        var cost = round.get(name);
        if (cost == null) {
            throw new IllegalStateException("JMH did not run " + name);
        }
        return cost;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
