package io.xiaoer.bench.report;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONWriter;
import io.xiaoer.bench.measure.Latencies;
import io.xiaoer.bench.measure.Ratio;
import io.xiaoer.bench.measure.Round;
import io.xiaoer.drills.ledger.Breach;
import java.util.function.ToDoubleFunction;

/// A result as JSON. Where no speed is told there is none in it either.
public final class JsonReport {
    private static final int MOST_BREACHES = 1_000;

    private JsonReport() {}

    public static String of(Result result) {
        var json = JSONObject.of("scenario", result.scenario(), "about", result.about())
                .fluentPut("settings", result.settings())
                .fluentPut("machine", Machine.tell())
                .fluentPut("ledger", ledger(result))
                .fluentPut("speed_stands", result.speedStands());
        var rounds = new JSONArray();
        result.rounds().forEach(round -> rounds.add(round(result, round)));
        json.put("rounds", rounds);
        if (result.speedStands()) {
            json.put("figures", figures(result));
            json.put("ratios", ratios(result));
        }
        return json.toString(JSONWriter.Feature.PrettyFormat) + "\n";
    }

    private static JSONObject ledger(Result result) {
        var ledger = result.ledger();
        return JSONObject.of("in_order", result.inOrder(), "said", ledger.said().size())
                .fluentPut("acknowledged", ledger.acknowledged())
                .fluentPut("answered", ledger.answered())
                .fluentPut("outcomes", ledger.outcomes())
                .fluentPut(
                        "breaches",
                        ledger.breaches().stream()
                                .limit(MOST_BREACHES)
                                .map(Breach::toString)
                                .toList());
    }

    private static JSONObject round(Result result, Round round) {
        var isVoid = round.isVoid(result.mostLate());
        var json = JSONObject.of("contender", round.contender(), "number", round.number())
                .fluentPut("void", isVoid)
                .fluentPut("said", round.said().size())
                .fluentPut("seconds", round.seconds())
                .fluentPut("late_p999_ms", rounded(round.lateness().p999()))
                .fluentPut("late_max_ms", rounded(round.lateness().max()));
        if (isVoid) {
            json.put("void_because", round.whyVoid(result.mostLate()));
        }
        if (isVoid || !result.inOrder()) {
            return json;
        }
        var processes = new JSONObject();
        round.pss()
                .forEach((name, pss) -> processes.put(
                        name, JSONObject.of("cpu_us_per_message", rounded(round.cpuPerMessage(name)), "pss_kb", pss)));
        return json.fluentPut("per_second", rounded(round.rate()))
                .fluentPut("answer_ms", latencies(round.answers()))
                .fluentPut("ack_ms", latencies(round.acks()))
                .fluentPut("suite_cpu_us_per_message", rounded(round.suiteCpuPerMessage()))
                .fluentPut("suite_pss_kb", round.suitePss())
                .fluentPut("processes", processes);
    }

    private static JSONObject latencies(Latencies latencies) {
        var curve = new JSONArray();
        latencies.curve().forEach(point -> curve.add(JSONArray.of(point.percentile(), rounded(point.ms()))));
        return JSONObject.of("count", latencies.count(), "mean", rounded(latencies.mean()))
                .fluentPut("p50", rounded(latencies.percentile(50)))
                .fluentPut("p99", rounded(latencies.percentile(99)))
                .fluentPut("p999", rounded(latencies.percentile(99.9)))
                .fluentPut("max", rounded(latencies.max()))
                .fluentPut("curve", curve);
    }

    private static JSONArray ratios(Result result) {
        var ratios = new JSONArray();
        result.contenders().stream().skip(1).forEach(name -> {
            add(ratios, result, name, "cpu_per_message", Round::suiteCpuPerMessage);
            add(ratios, result, name, "p50", round -> round.answers().percentile(50));
            add(ratios, result, name, "p99", round -> round.answers().percentile(99));
        });
        return ratios;
    }

    private static void add(JSONArray ratios, Result result, String name, String what, ToDoubleFunction<Round> figure) {
        for (Ratio ratio : result.ratio(name, figure)) {
            var json =
                    JSONObject.of("contender", name, "to", result.contenders().getFirst(), "figure", what);
            json.putAll(json(ratio));
            ratios.add(json);
        }
    }

    private static JSONObject figures(Result result) {
        var figures = new JSONObject();
        result.figures()
                .forEach((name, value) -> figures.put(name, value instanceof Ratio ratio ? json(ratio) : value));
        return figures;
    }

    private static JSONObject json(Ratio ratio) {
        return JSONObject.of(
                "median", rounded(ratio.median()), "low", rounded(ratio.low()), "high", rounded(ratio.high()));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
