package io.xiaoer.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// What rules and boards are held against: the metrics that the suite exposes, the rules themselves, the pages.
final class Monitoring {

    /// What only a suite with a language model exposes; the suite of the tests has none.
    static final Set<String> OF_A_MODEL = Set.of("xiaoer_bot_generation_total");

    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
    private static final Pattern LABELS_AND_TIMES =
            Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\b(?:by|on|without|ignoring)\\s*\\([^)]*\\)");
    private static final Pattern METRIC = Pattern.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?!\\w|\\s*\\()");

    private Monitoring() {}

    static List<Map<String, Object>> rules() {
        var rules = new ArrayList<Map<String, Object>>();
        for (var group : list(yaml("deploy/prometheus/alerts.yml").get("groups"))) {
            list(map(group).get("rules")).forEach(rule -> rules.add(map(rule)));
        }
        return rules;
    }

    /// The names of metrics in an expression of PromQL.
    static Set<String> metrics(String expression) {
        var names = new TreeSet<String>();
        // Texts first, since brackets may stand in them.
        var bare = LABELS_AND_TIMES
                .matcher(TEXT.matcher(expression).replaceAll(""))
                .replaceAll(" ");
        var found = METRIC.matcher(bare);
        while (found.find()) {
            names.add(found.group());
        }
        return names;
    }

    /// The names of all samples of all instances.
    static Set<String> exposed() {
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

    /// What a process tells; nothing if it has no metrics.
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

    /// Whether a page of the repository has this place, `docs/page.md#heading`, or is there at all.
    static boolean isThere(String place) throws IOException {
        var parts = place.split("#", 2);
        return Files.isRegularFile(Suite.file(parts[0]))
                && (parts.length == 1 || anchors(parts[0]).contains(parts[1]));
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

    static Map<String, Object> yaml(String file) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Suite.file(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // what YAML calls a mapping has texts for keys here
    static Map<String, Object> map(@Nullable Object node) {
        return (Map<String, Object>) Objects.requireNonNull(node, "a mapping");
    }

    static List<?> list(@Nullable Object node) {
        return (List<?>) Objects.requireNonNull(node, "a list");
    }
}
