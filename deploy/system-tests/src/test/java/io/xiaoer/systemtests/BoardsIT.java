package io.xiaoer.systemtests;

import static io.xiaoer.systemtests.Monitoring.list;
import static io.xiaoer.systemtests.Monitoring.map;
import static io.xiaoer.systemtests.Monitoring.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// The boards of Grafana: made of their plan, in a form that it can read, about metrics that the services expose.
class BoardsIT {

    private static final String FILES = "deploy/grafana/dashboards";
    private static final Path MADE = Path.of("target", "grafana");
    private static final String DATASOURCE = "{\"type\":\"prometheus\",\"uid\":\"${datasource}\"}";

    /// What is exposed once it happens: a shop with waiting questions, which are answered sooner than one can look.
    private static final Set<String> AT_TIMES = Set.of("xiaoer_questions_waiting");

    /// Of each thing that must stand on every board.
    private static final Set<String> EVERYWHERE = Set.of(
            "xiaoer_gateway_connections",
            "http_server_requests_seconds_count",
            "xiaoer_connection_frames_in_total",
            "http_server_requests_seconds_bucket",
            "xiaoer_message_taken_seconds_bucket",
            "xiaoer_redis_memory_used_bytes",
            "xiaoer_questions_waiting",
            "xiaoer_admission_refused_total",
            "xiaoer_gateway_limit_refused_total");

    private static final Set<String> FUNCTIONS = Set.of("sum", "max", "topk", "rate", "increase", "histogram_quantile");
    private static final Pattern LABELS = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern MATCHERS = Pattern.compile("(?:[a-z_A-Z]+(?:=~|!~|!=|=)\"[^\"]*\"(?:, (?=[a-z])|$))+");
    private static final Pattern CALLED = Pattern.compile("([a-z_]+)(?=\\s*\\()");

    @Test
    void theBoardsAreMadeOfTheirPlan() throws IOException {
        Files.createDirectories(MADE);
        var made = Boards.made();
        for (var file : made.entrySet()) {
            Files.writeString(MADE.resolve(file.getKey()), file.getValue());
        }
        assertThat(kept())
                .as("cp deploy/system-tests/target/grafana/*.json %s", FILES)
                .isEqualTo(made);
        assertThat(made).hasSizeGreaterThan(5);
    }

    @Test
    void everyMetricOfABoardIsExposedByTheRunningServices() {
        var named = new TreeSet<String>();
        expressions().forEach(expression -> named.addAll(Monitoring.metrics(expression)));
        assertThat(named).contains("xiaoer_outbox_oldest_seconds", "process_cpu_usage");
        named.removeAll(Monitoring.OF_A_MODEL);
        named.removeAll(AT_TIMES);
        // What is counted by dialog and by function is there once a shopper had one.
        var shopper = Shopper.random(Made.SHOP);
        Made.bought(shopper.userId(), "delivered", "跑鞋");
        shopper.ask("我要退掉昨天的订单");

        // Clients of Kafka are looked at once a minute for what is new about them.
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .untilAsserted(() -> assertThat(Monitoring.exposed()).containsAll(named));
    }

    @Test
    void whatStandsOnEveryBoardDoes() throws IOException {
        kept().forEach((file, text) -> {
            var named = new TreeSet<String>();
            targets(JSON.parseObject(text))
                    .forEach(target -> named.addAll(Monitoring.metrics(target.getString("expr"))));
            assertThat(named).as(file).containsAll(EVERYWHERE);
        });
    }

    @Test
    void everyPanelHasANumberAndAPlaceOfItsOwn() throws IOException {
        kept().forEach((file, text) -> {
            var ids = new HashSet<Integer>();
            var taken = new HashSet<List<Integer>>();
            for (var panel : panels(JSON.parseObject(text))) {
                assertThat(ids.add(panel.getInteger("id"))).as(file).isTrue();
                var place = panel.getJSONObject("gridPos");
                int right = place.getIntValue("x") + place.getIntValue("w");
                int bottom = place.getIntValue("y") + place.getIntValue("h");
                assertThat(right).as(file).isLessThanOrEqualTo(24);
                for (int x = place.getIntValue("x"); x < right; x++) {
                    for (int y = place.getIntValue("y"); y < bottom; y++) {
                        assertThat(taken.add(List.of(x, y)))
                                .as("%s %s", file, panel.getString("title"))
                                .isTrue();
                    }
                }
            }
        });
    }

    @Test
    void everyPanelSaysWhatItShowsInItsUnitsOfTheChosenPrometheus() throws IOException {
        var titles = new HashSet<String>();
        var uids = new HashSet<String>();
        kept().forEach((file, text) -> {
            var board = JSON.parseObject(text);
            assertThat(titles.add(board.getString("title"))).as(file).isTrue();
            assertThat(uids.add(board.getString("uid"))).as(file).isTrue();
            assertThat(board.getString("description"))
                    .as(file)
                    .matches(Pattern.compile("\\p{IsHan}.*", Pattern.DOTALL));
            assertThat(variables(board)).as(file).containsOnlyKeys("datasource", "service", "instance");
            assertThat(variables(board).get("datasource")).as(file).isEqualTo("datasource");
            for (var panel : panels(board)) {
                var title = panel.getString("title");
                assertThat(title).as(file).matches("\\p{ASCII}+");
                if (panel.getString("type").equals("row")) {
                    continue;
                }
                assertThat(panel.getString("description")).as(title).containsPattern("\\p{IsHan}");
                assertThat(panel.getJSONObject("datasource").toString())
                        .as(title)
                        .isEqualTo(DATASOURCE);
                if (!panel.getString("type").equals("table")) {
                    assertThat(panel.getJSONObject("fieldConfig")
                                    .getJSONObject("defaults")
                                    .getString("unit"))
                            .as(title)
                            .isNotBlank();
                }
                var letters = new HashSet<String>();
                for (var target : list(panel.get("targets"))) {
                    var query = (JSONObject) target;
                    assertThat(letters.add(query.getString("refId"))).as(title).isTrue();
                    assertThat(query.getString("legendFormat")).as(title).isNotBlank();
                    assertThat(query.getJSONObject("datasource").toString())
                            .as(title)
                            .isEqualTo(DATASOURCE);
                }
            }
        });
    }

    @Test
    void limitsAreThoseOfTheRulesAndPlacesToReadAreThere() throws IOException {
        var rules = Monitoring.rules().stream()
                .collect(Collectors.toMap(
                        rule -> String.valueOf(rule.get("alert")), rule -> String.valueOf(rule.get("expr"))));
        var watched = new HashSet<String>();
        for (var panel : plans()) {
            var title = String.valueOf(panel.get("title"));
            var above = Boards.limit(panel, "above");
            var below = Boards.limit(panel, "below");
            if (panel.get("alert") instanceof String alert) {
                watched.add(alert);
                assertThat(rules).as(title).containsKey(alert);
                var rule = Objects.requireNonNull(rules.get(alert)) + ' ';
                if (above != null) {
                    assertThat(rule).as(title).containsPattern("> " + number(above) + "[\\s)]");
                }
                if (below != null) {
                    assertThat(rule)
                            .as(title)
                            .containsPattern("(?:< " + number(below) + "|== " + number(below - 1) + ")\\s");
                }
            } else {
                assertThat(above).as(title).isNull();
                assertThat(below).as(title).isNull();
            }
            if (panel.get("runbook") instanceof String place) {
                assertThat(Monitoring.isThere(place)).as("%s %s", title, place).isTrue();
            }
        }
        assertThat(watched).hasSizeGreaterThan(25);
    }

    private static String number(double limit) {
        return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
    }

    /// As far as can be seen without Prometheus itself; `docs/operations/dashboards.md` says how to let it look.
    @Test
    void everyExpressionIsWhole() {
        var softly = new SoftAssertions();
        for (var expression : expressions()) {
            softly.assertThat(open(expression)).as(expression).isEmpty();
            var labels = LABELS.matcher(expression);
            while (labels.find()) {
                softly.assertThat(labels.group(1)).as(expression).matches(MATCHERS);
            }
            var bare = expression.replaceAll("\"[^\"]*\"", "").replaceAll("\\{[^}]*}", "");
            softly.assertThat(bare.replaceAll("\\[(?:\\$__rate_interval|[0-9]+[mhd])]", ""))
                    .as(expression)
                    .doesNotContain("[", "$");
            var called = CALLED.matcher(
                    bare.replaceAll("\\bby \\([a-zA-Z, ]+\\)", "").replaceAll("\\bor\\b", ""));
            while (called.find()) {
                softly.assertThat(called.group(1)).as(expression).isIn(FUNCTIONS);
            }
        }
        softly.assertAll();
    }

    /// The brackets that are not closed, or those that close none.
    private static List<Character> open(String expression) {
        var open = new ArrayDeque<Character>();
        boolean text = false;
        for (char c : expression.toCharArray()) {
            if (c == '"') {
                text = !text;
            } else if (!text && "([{".indexOf(c) >= 0) {
                open.push(c);
            } else if (!text && ")]}".indexOf(c) >= 0) {
                var last = open.isEmpty() ? ' ' : open.pop();
                if (")]}".indexOf(c) != "([{".indexOf(last)) {
                    return List.of(c);
                }
            }
        }
        return text ? List.of('"') : List.copyOf(open);
    }

    @Test
    void grafanaIsOnThisMachineAloneAndFindsWhatItIsGiven() throws IOException {
        var services = map(yaml("deploy/grafana/compose.yml").get("services"));
        assertThat(services).containsOnlyKeys("grafana");
        var grafana = map(services.get("grafana"));
        assertThat(list(grafana.get("ports"))).singleElement().asString().startsWith("127.0.0.1:");
        var environment = map(grafana.get("environment"));
        assertThat(environment.get("GF_SECURITY_ADMIN_PASSWORD")).asString().startsWith("${GRAFANA_ADMIN_PASSWORD:?");

        var mounts = new TreeMap<String, String>();
        for (var volume : list(grafana.get("volumes"))) {
            var parts = String.valueOf(volume).split(":");
            mounts.put(parts[1], parts[0]);
        }
        var provisioning = Objects.requireNonNull(mounts.get("/etc/grafana/provisioning"));
        var boards = map(list(yaml(provisioning + "/dashboards/xiaoer.yml").get("providers"))
                .getFirst());
        var at = String.valueOf(map(boards.get("options")).get("path"));
        assertThat(mounts.get(at)).isEqualTo("./" + FILES);
        assertThat(environment.get("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH")).isEqualTo(at + "/overview.json");
        var source = map(list(yaml(provisioning + "/datasources/prometheus.yml").get("datasources"))
                .getFirst());
        assertThat(source)
                .containsEntry("type", "prometheus")
                .containsEntry("isDefault", true)
                .containsEntry("url", "http://prometheus:9090");
        assertThat(map(source.get("jsonData")).get("timeInterval"))
                .isEqualTo(map(yaml("deploy/prometheus/prometheus.yml").get("global"))
                        .get("scrape_interval"));
    }

    private static Map<String, String> kept() throws IOException {
        var kept = new TreeMap<String, String>();
        try (var files = Files.newDirectoryStream(Suite.file(FILES))) {
            for (var file : files) {
                kept.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return kept;
    }

    private static List<JSONObject> panels(JSONObject board) {
        return board.getJSONArray("panels").toJavaList(JSONObject.class);
    }

    private static List<JSONObject> targets(JSONObject board) {
        return panels(board).stream()
                .filter(panel -> panel.containsKey("targets"))
                .flatMap(panel -> panel.getJSONArray("targets").toJavaList(JSONObject.class).stream())
                .toList();
    }

    /// The types of the variables, by name.
    private static Map<String, String> variables(JSONObject board) {
        return board.getJSONObject("templating").getJSONArray("list").toJavaList(JSONObject.class).stream()
                .collect(Collectors.toMap(each -> each.getString("name"), each -> each.getString("type")));
    }

    private static List<String> expressions() {
        return Boards.made().values().stream()
                .flatMap(text -> targets(JSON.parseObject(text)).stream())
                .map(target -> target.getString("expr"))
                .distinct()
                .toList();
    }

    private static List<Map<String, Object>> plans() {
        var plan = yaml("deploy/grafana/boards.yml");
        var panels = new ArrayList<Map<String, Object>>();
        list(plan.get("every")).forEach(panel -> panels.add(map(panel)));
        map(plan.get("boards"))
                .values()
                .forEach(board -> list(map(board).get("panels")).forEach(panel -> panels.add(map(panel))));
        panels.removeIf(panel -> panel.containsKey("row"));
        return panels;
    }
}
