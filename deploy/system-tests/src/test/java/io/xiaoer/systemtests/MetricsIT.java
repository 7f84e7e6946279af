package io.xiaoer.systemtests;

import static io.xiaoer.systemtests.Monitoring.list;
import static io.xiaoer.systemtests.Monitoring.map;
import static io.xiaoer.systemtests.Monitoring.rules;
import static io.xiaoer.systemtests.Monitoring.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What Prometheus is given: rules that somebody can act on, about metrics that the services expose.
class MetricsIT {

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
                assertThat(Monitoring.isThere(String.valueOf(annotations.get("runbook"))))
                        .as(name)
                        .isTrue();
            }
        }
        assertThat(names).hasSizeGreaterThan(20);
    }

    @Test
    void everyMetricOfARuleIsExposedByTheRunningServices() {
        var named = new TreeSet<String>();
        for (var rule : rules()) {
            named.addAll(Monitoring.metrics(String.valueOf(rule.get("expr"))));
        }
        assertThat(named).contains("xiaoer_outbox_oldest_seconds").hasSizeGreaterThan(20);
        assertThat(Suite.get().gateway()).isNotNull();
        named.removeAll(Monitoring.OF_A_MODEL);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Monitoring.exposed()).containsAll(named));
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

    private static Map<String, Object> job(String file) {
        var config = yaml(file);
        assertThat(config).containsEntry("rule_files", List.of("alerts.yml"));
        return map(list(config.get("scrape_configs")).getFirst());
    }
}
