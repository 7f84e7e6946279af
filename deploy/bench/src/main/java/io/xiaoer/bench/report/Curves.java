package io.xiaoer.bench.report;

import io.xiaoer.bench.measure.Latencies;
import io.xiaoer.bench.measure.Round;
import io.xiaoer.drills.ledger.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Drawings of latencies as SVG.
final class Curves {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 300;
    private static final int LEFT = 72;
    private static final int RIGHT = 28;
    private static final int TOP = 14;
    private static final int BOTTOM = 34;
    private static final double LAST_PERCENTILE = 99.99;
    private static final double[] PERCENTILES = {0, 50, 90, 99, 99.9, 99.99};
    private static final double US_PER_SECOND = 1e6;
    private static final int MOST_TICKS = 6;
    private static final int COLOURS = 6;

    /// A curve, drawn in one of the colours.
    record Line(String name, int colour, List<Latencies.Point> points) {}

    private Curves() {}

    /// Percentiles to the right, each nine as wide as the one before; milliseconds upward, each tenfold as high.
    static String draw(List<Line> lines) {
        var most = lines.stream()
                .flatMap(line -> line.points().stream())
                .filter(point -> point.percentile() <= LAST_PERCENTILE)
                .mapToDouble(Latencies.Point::ms)
                .max()
                .orElse(1);
        var top = Math.pow(10, Math.ceil(Math.log10(Math.max(most, 10))));
        var svg = new StringBuilder(head());
        for (var ms = 1.0; ms <= top; ms *= 10) {
            svg.append(horizontal(height(ms, top), text("%.0f ms", ms)));
        }
        for (double percentile : PERCENTILES) {
            var label = percentile == 0 ? "min" : "p" + (percentile % 1 == 0 ? text("%.0f", percentile) : percentile);
            svg.append(vertical(place(percentile), label));
        }
        for (Line line : lines) {
            svg.append(polyline(
                    "c" + line.colour() % COLOURS,
                    line.points().stream()
                            .filter(point -> point.percentile() <= LAST_PERCENTILE)
                            .map(point -> text("%.1f,%.1f", place(point.percentile()), height(point.ms(), top)))
                            .toList(),
                    line.name()));
        }
        return svg.append("</svg>").toString();
    }

    /// The median and the slowest hundredth of what was said in each second of the rounds, one after the other.
    static String overTime(List<Round> rounds) {
        var middle = new ArrayList<Double>();
        var slow = new ArrayList<Double>();
        for (Round round : rounds) {
            var first = round.said().getFirst().due();
            var seconds = new ArrayList<Latencies>();
            for (Said said : round.said()) {
                var second = (int) ((said.due() - first) / US_PER_SECOND);
                while (seconds.size() <= second) {
                    seconds.add(new Latencies());
                }
                if (said.isAnswered()) {
                    seconds.get(second).add(said.answeredAt() - said.due());
                }
            }
            seconds.forEach(each -> {
                middle.add(each.percentile(50));
                slow.add(each.percentile(99));
            });
        }
        var top = Math.pow(
                10,
                Math.ceil(Math.log10(
                        Math.max(slow.stream().mapToDouble(it -> it).max().orElse(1), 10))));
        var svg = new StringBuilder(head());
        for (var ms = 1.0; ms <= top; ms *= 10) {
            svg.append(horizontal(height(ms, top), text("%.0f ms", ms)));
        }
        var step = Math.max(1, Math.ceilDiv(slow.size(), MOST_TICKS));
        for (var second = 0; second < slow.size(); second += step) {
            svg.append(vertical(x(second, slow.size()), second + " s"));
        }
        svg.append(polyline("c0", points(middle, top), "p50"));
        svg.append(polyline("c1", points(slow, top), "p99"));
        return svg.append("</svg>").toString();
    }

    /// Which colour is whose.
    static String legend(List<String> names) {
        var legend = new StringBuilder("<p class='legend'>");
        for (var i = 0; i < names.size(); i++) {
            legend.append("<span><i style='background:var(--c%d)'></i>%s</span>"
                    .formatted(i % COLOURS, HtmlReport.escaped(names.get(i))));
        }
        return legend.append("</p>").toString();
    }

    private static List<String> points(List<Double> values, double top) {
        var points = new ArrayList<String>();
        for (var i = 0; i < values.size(); i++) {
            points.add(text("%.1f,%.1f", x(i, values.size()), height(values.get(i), top)));
        }
        return points;
    }

    private static double x(int index, int count) {
        return LEFT + (double) index / Math.max(1, count - 1) * (WIDTH - LEFT - RIGHT);
    }

    private static double place(double percentile) {
        var nines = -Math.log10(1 - Math.min(percentile, LAST_PERCENTILE) / 100);
        return LEFT + nines / 4 * (WIDTH - LEFT - RIGHT);
    }

    private static double height(double ms, double top) {
        var part = Math.log10(Math.max(ms, 1)) / Math.log10(top);
        return HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP);
    }

    private static String head() {
        return "<svg viewBox='0 0 %d %d' role='img'>".formatted(WIDTH, HEIGHT);
    }

    private static String horizontal(double y, String label) {
        return text(
                "<line class='grid' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/><text x='%d' y='%.1f' class='left'>%s</text>",
                LEFT, WIDTH - RIGHT, y, y, LEFT - 8, y + 4, label);
    }

    private static String vertical(double x, String label) {
        return text(
                "<line class='grid' x1='%.1f' x2='%.1f' y1='%d' y2='%d'/><text x='%.1f' y='%d' class='under'>%s</text>",
                x, x, TOP, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 20, label);
    }

    private static String polyline(String colour, List<String> points, String name) {
        return "<polyline class='%s' points='%s'><title>%s</title></polyline>"
                .formatted(colour, String.join(" ", points), HtmlReport.escaped(name));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
