package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// What Prometheus is given: rules that somebody can act on, about metrics that the services expose.
class MetricsIT {

    private static final Pattern LABELS = Pattern.compile("\\{[^}]*}|\\b(?:by|on|without|ignoring)\\s*\\([^)]*\\)");
    private static final Pattern METRIC = Pattern.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?!\\w|\\s*\\()");

    /// What only a suite with a language model exposes; the suite of the tests has none.
    private static final Set<String> OF_A_MODEL = Set.of("xiaoer_bot_generation_total");

    private final Suite suite = Suite.get();

    @Test
    void everyRuleSaysWhatIsWrongAndWhatToDo() throws IOException {
        var names = new HashSet<String>();
        for (var rule : rules()) {
            var name = String.valueOf(rule.get("alert"));
            assertThat(names.add(name)).as(name).isTrue();
            assertThat(rule.keySet()).as(name).isSubsetOf("alert", "expr", "for", "labels", "annotations");
            assertThat(String.valueOf(rule.getOrDefault("for", "1m"))).as(name).matches("[0-9]+[smhd]");
            assertThat(map(rule.get("labels")).get("severity")).as(name).isIn("page", "ticket");
            var annotations = map(rule.get("annotations"));
            assertThat(annotations).as(name).containsKeys("summary", "action");
            if (annotations.containsKey("runbook")) {
                var place = String.valueOf(annotations.get("runbook")).split("#", 2);
                assertThat(anchors(place[0])).as(name).contains(place[1]);
            }
        }
        assertThat(names).hasSizeGreaterThan(20);
    }

    @Test
    void everyMetricOfARuleIsExposedByTheRunningServices() {
        var named = new TreeSet<String>();
        for (var rule : rules()) {
            var found = METRIC.matcher(
                    LABELS.matcher(String.valueOf(rule.get("expr"))).replaceAll(" "));
            while (found.find()) {
                named.add(found.group());
            }
        }
        assertThat(named).contains("xiaoer_outbox_oldest_seconds").hasSizeGreaterThan(20);
        named.removeAll(OF_A_MODEL);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(exposed()).containsAll(named));
    }

    @Test
    void everyContainerThatHasMetricsIsScraped() {
        var containers = new TreeSet<String>();
        map(yaml("docker-compose.yml").get("services")).forEach((name, service) -> {
            if (map(service).get("environment") instanceof Map<?, ?> environment
                    && environment.get("MANAGEMENT_PORT") instanceof String port) {
                containers.add(name + ":" + port);
            }
        });
        var job = job("deploy/prometheus/prometheus.yml");
        assertThat(map(list(job.get("static_configs")).getFirst()).get("targets"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrderElementsOf(containers);
        assertThat(job("deploy/prometheus/kubernetes.yml"))
                .containsEntry("job_name", job.get("job_name"))
                .containsEntry("metrics_path", job.get("metrics_path"));
        assertThat(map(yaml("deploy/prometheus/compose.yml").get("services"))).containsOnlyKeys("prometheus");
    }

    private static List<Map<String, Object>> rules() {
        var rules = new ArrayList<Map<String, Object>>();
        for (var group : list(yaml("deploy/prometheus/alerts.yml").get("groups"))) {
            list(map(group).get("rules")).forEach(rule -> rules.add(map(rule)));
        }
        return rules;
    }

    private static Map<String, Object> job(String file) {
        var config = yaml(file);
        assertThat(config).containsEntry("rule_files", List.of("alerts.yml"));
        return map(list(config.get("scrape_configs")).getFirst());
    }

    /// The names of all samples of all instances.
    private Set<String> exposed() {
        assertThat(suite.gateway()).isNotNull();
        var names = new TreeSet<String>();
        var ports = new Properties();
        try (var file = Files.newBufferedReader(Suite.data().resolve("ports.properties"))) {
            ports.load(file);
            for (var listener : ports.stringPropertyNames()) {
                if (listener.endsWith(".management")) {
                    scrape(ports.getProperty(listener))
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .forEach(line -> names.add(line.split("[{ ]", 2)[0]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    /// What a process tells; nothing if it has no metrics, as the identity.
    private static String scrape(String port) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            var answer = Rest.HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> anchors(String document) throws IOException {
        var anchors = new TreeSet<String>();
        for (var line : Files.readAllLines(Suite.file(document))) {
            if (line.startsWith("#")) {
                anchors.add(line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'));
            }
        }
        return anchors;
    }

    private static Map<String, Object> yaml(String file) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Suite.file(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // what YAML calls a mapping has texts for keys here
    private static Map<String, Object> map(@Nullable Object node) {
        return (Map<String, Object>) Objects.requireNonNull(node, "a mapping");
    }

    private static List<?> list(@Nullable Object node) {
        return (List<?>) Objects.requireNonNull(node, "a list");
    }
}
