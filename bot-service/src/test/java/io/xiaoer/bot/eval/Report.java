package io.xiaoer.bot.eval;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Figures for people and for programs.
final class Report {

    private static final String ROW = "%-34s %-42s %9s  %-12s %s";

    private Report() {}

    /// A line a figure.
    static String table(List<Figure> figures) {
        var table = new StringBuilder(
                ROW.formatted("set", "figure", "here", "bar", "published").strip());
        for (var figure : figures) {
            table.append('\n')
                    .append(ROW.formatted(
                                    figure.set(),
                                    figure.what(),
                                    shown(figure, figure.value()),
                                    bar(figure),
                                    figure.published())
                            .stripTrailing());
        }
        return table.toString();
    }

    private static String bar(Figure figure) {
        Double bar = figure.bar();
        if (bar == null) {
            return "";
        }
        String least = figure.kind() == Figure.Kind.HIGH ? "≥ " : "≤ ";
        return least + shown(figure, bar) + (figure.holds() ? "" : " !");
    }

    private static String shown(Figure figure, double value) {
        return String.format(Locale.ROOT, digits(figure.kind()), value)
                + figure.kind().unit();
    }

    private static String digits(Figure.Kind kind) {
        return switch (kind) {
            case HIGH, LOW -> "%.1f";
            case TIME -> "%.3f";
            case RATIO -> "%.2f";
        };
    }

    /// The same as JSON.
    static String json(List<Figure> figures) {
        return JSON.toJSONString(
                Map.of("figures", figures.stream().map(Report::fields).toList()), JSONWriter.Feature.PrettyFormat);
    }

    private static Map<String, Object> fields(Figure figure) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("key", figure.key());
        fields.put("set", figure.set());
        fields.put("figure", figure.what());
        fields.put("unit", figure.kind().unit().strip());
        fields.put("value", Math.round(figure.value() * 1000) / 1000.0);
        Double bar = figure.bar();
        if (bar != null) {
            fields.put("bar", bar);
            fields.put("holds", figure.holds());
        }
        if (!figure.published().isEmpty()) {
            fields.put("published", figure.published());
        }
        return fields;
    }
}
