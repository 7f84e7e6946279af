package io.xiaoer.systemtests;

import static io.xiaoer.systemtests.Monitoring.list;
import static io.xiaoer.systemtests.Monitoring.map;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes Grafana's boards out of their plan, `deploy/grafana/boards.yml`: what is the same in all panels is written
/// here, once, in the classic form of a board, which Grafana brings up to its own version as it reads it.
final class Boards {

    private static final int SCHEMA = 39;
    private static final int PAGE = 24;
    private static final int HEIGHT = 7;
    private static final int WIDTH = 8;
    private static final int WIDTH_ON_EVERY_BOARD = 6;
    private static final String CHOSEN = "job=\"xiaoer\", service=~\"$service\", instance=~\"$instance\"";
    /// Of curves that should be 0: a step counts from its value on, so 0 itself would be beyond it.
    private static final double ABOVE_NOTHING = 0.001;

    private final Map<String, Map<String, Object>> rules = Monitoring.rules().stream()
            .collect(Collectors.toMap(rule -> String.valueOf(rule.get("alert")), rule -> rule));
    private final List<JSONObject> panels = new ArrayList<>();
    private int x;
    private int y;

    private Boards() {}

    /// The text of each file of `deploy/grafana/dashboards`.
    static Map<String, String> made() {
        var plan = Monitoring.yaml("deploy/grafana/boards.yml");
        var files = new LinkedHashMap<String, String>();
        map(plan.get("boards"))
                .forEach((name, board) ->
                        files.put(name + ".json", new Boards().board(name, map(board), list(plan.get("every")))));
        return files;
    }

    private String board(String name, Map<String, Object> plan, List<?> every) {
        every.forEach(panel -> add(map(panel), WIDTH_ON_EVERY_BOARD));
        list(plan.get("panels")).forEach(panel -> add(map(panel), WIDTH));
        var board = JSONObject.of("uid", "xiaoer-" + name, "title", plan.get("title"), "description", plan.get("zh"));
        board.fluentPut("tags", List.of("xiaoer"))
                .fluentPut("schemaVersion", SCHEMA)
                .fluentPut("version", 1)
                .fluentPut("editable", false)
                .fluentPut("graphTooltip", 1)
                .fluentPut("timezone", "browser")
                .fluentPut("time", JSONObject.of("from", "now-1h", "to", "now"))
                .fluentPut("refresh", "30s")
                .fluentPut("annotations", JSONObject.of("list", List.of()))
                .fluentPut("links", List.of(toTheOthers()))
                .fluentPut("templating", JSONObject.of("list", variables(String.valueOf(plan.get("services")))));
        return text(board);
    }

    /// A line for each panel, so that one that changed is seen as one.
    private String text(JSONObject board) {
        var head = json(board);
        return panels.stream()
                .map(Boards::json)
                .collect(Collectors.joining(",\n", head.substring(0, head.length() - 1) + ",\"panels\":[\n", "\n]}\n"));
    }

    private static String json(Object node) {
        return JSON.toJSONString(node, JSONWriter.Feature.WriteNulls);
    }

    private static JSONObject toTheOthers() {
        return JSONObject.of("type", "dashboards", "title", "Xiaoer", "tags", List.of("xiaoer"))
                .fluentPut("asDropdown", false)
                .fluentPut("includeVars", false)
                .fluentPut("keepTime", true);
    }

    private static List<JSONObject> variables(String services) {
        return List.of(
                JSONObject.of("name", "datasource", "label", "Prometheus", "type", "datasource", "query", "prometheus"),
                variable("service", "label_values(up{job=\"xiaoer\", service=~\"" + services + "\"}, service)"),
                variable("instance", "label_values(up{job=\"xiaoer\", service=~\"$service\"}, instance)"));
    }

    private static JSONObject variable(String name, String query) {
        return JSONObject.of("name", name, "label", name, "type", "query", "datasource", datasource())
                .fluentPut("query", JSONObject.of("query", query, "refId", name))
                .fluentPut("refresh", 2)
                .fluentPut("sort", 1)
                .fluentPut("multi", true)
                .fluentPut("includeAll", true)
                .fluentPut("current", JSONObject.of("text", List.of("All"), "value", List.of("$__all")));
    }

    private static JSONObject datasource() {
        return JSONObject.of("type", "prometheus", "uid", "${datasource}");
    }

    /// Panels flow as words do; a heading begins a line of its own.
    private void add(Map<String, Object> plan, int width) {
        boolean heading = plan.containsKey("row");
        int wide = heading ? PAGE : width;
        if (x + wide > PAGE) {
            x = 0;
            y += HEIGHT;
        }
        var panel = JSONObject.of("id", panels.size() + 1);
        panel.put("gridPos", JSONObject.of("x", x, "y", y, "w", wide, "h", heading ? 1 : HEIGHT));
        panels.add(panel);
        if (heading) {
            panel.fluentPut("type", "row")
                    .fluentPut("title", plan.get("row"))
                    .fluentPut("collapsed", false)
                    .fluentPut("panels", List.of());
            x = 0;
            y += 1;
        } else {
            fill(panel, plan);
            x += wide;
        }
    }

    private void fill(JSONObject panel, Map<String, Object> plan) {
        var kind = (String) plan.getOrDefault("kind", "curves");
        panel.fluentPut("title", plan.get("title"))
                .fluentPut("description", description(plan))
                .fluentPut("datasource", datasource());
        var targets = targets(map(plan.get("queries")));
        panel.put("targets", targets);
        switch (kind) {
            case "curves" ->
                panel.fluentPut("type", "timeseries")
                        .fluentPut("fieldConfig", fields(defaults(plan).fluentPut("custom", curve(plan))))
                        .fluentPut(
                                "options",
                                JSONObject.of(
                                        "legend",
                                        JSONObject.of("displayMode", "list", "placement", "bottom", "showLegend", true),
                                        "tooltip",
                                        JSONObject.of("mode", "multi", "sort", "desc")));
            case "stat" ->
                panel.fluentPut("type", "stat")
                        .fluentPut("fieldConfig", fields(defaults(plan)))
                        .fluentPut(
                                "options",
                                JSONObject.of("colorMode", "value", "graphMode", "none", "textMode", "value_and_name")
                                        .fluentPut("reduceOptions", JSONObject.of("calcs", List.of("lastNotNull"))));
            case "alerts" -> {
                targets.forEach(target -> target.fluentPut("format", "table")
                        .fluentPut("instant", true)
                        .fluentPut("range", false));
                panel.fluentPut("type", "table")
                        .fluentPut("fieldConfig", fields(new JSONObject()))
                        .fluentPut(
                                "transformations",
                                List.of(JSONObject.of(
                                        "id",
                                        "organize",
                                        "options",
                                        JSONObject.of("excludeByName", JSONObject.of("Time", true, "Value", true)))))
                        .fluentPut("options", JSONObject.of("showHeader", true));
            }
            default -> throw new IllegalArgumentException("a panel of the kind " + kind);
        }
    }

    private static JSONObject fields(JSONObject defaults) {
        return JSONObject.of("defaults", defaults, "overrides", List.of());
    }

    private static JSONObject defaults(Map<String, Object> plan) {
        var stat = plan.containsKey("kind");
        return JSONObject.of("unit", plan.get("unit"), "min", 0)
                .fluentPut("color", JSONObject.of("mode", stat ? "thresholds" : "palette-classic"))
                .fluentPut(
                        "thresholds",
                        JSONObject.of("mode", "absolute", "steps", steps(plan, stat ? "green" : "transparent")));
    }

    private static JSONObject curve(Map<String, Object> plan) {
        boolean limited = limit(plan, "above") != null || limit(plan, "below") != null;
        return JSONObject.of("drawStyle", "line", "lineWidth", 1, "fillOpacity", 10, "showPoints", "never")
                .fluentPut("thresholdsStyle", JSONObject.of("mode", limited ? "line+area" : "off"));
    }

    /// Names of colours, of which Grafana has a shade each for its dark and its light page.
    private static List<JSONObject> steps(Map<String, Object> plan, String calm) {
        var above = limit(plan, "above");
        if (above != null) {
            return List.of(step(calm, null), step("red", above == 0 ? ABOVE_NOTHING : above));
        }
        var below = limit(plan, "below");
        return below != null ? List.of(step("red", null), step(calm, below)) : List.of(step(calm, null));
    }

    private static JSONObject step(String color, @Nullable Double from) {
        return JSONObject.of("color", color, "value", from);
    }

    static @Nullable Double limit(Map<String, Object> plan, String side) {
        return plan.get(side) instanceof Number number ? number.doubleValue() : null;
    }

    private static List<JSONObject> targets(Map<String, Object> queries) {
        var targets = new ArrayList<JSONObject>();
        queries.forEach((legend, expression) -> {
            var letter = String.valueOf((char) ('A' + targets.size()));
            var query = String.valueOf(expression).replace("{@", '{' + CHOSEN);
            targets.add(JSONObject.of("refId", letter, "expr", query, "legendFormat", legend)
                    .fluentPut("datasource", datasource()));
        });
        return targets;
    }

    /// What it shows, which rule watches it, and where to read on.
    private String description(Map<String, Object> plan) {
        var text = new StringBuilder(String.valueOf(plan.get("zh")));
        var runbook = plan.get("runbook");
        if (plan.get("alert") instanceof String alert) {
            var rule = Objects.requireNonNull(rules.get(alert), alert);
            text.append("\n\nAlert: `")
                    .append(alert)
                    .append("` (")
                    .append(map(rule.get("labels")).get("severity"))
                    .append(')');
            runbook = runbook == null ? map(rule.get("annotations")).get("runbook") : runbook;
        }
        if (runbook != null) {
            text.append("\n\nRunbook: `").append(runbook).append('`');
        }
        return text.toString();
    }
}
