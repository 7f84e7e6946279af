package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// What a service can be told reaches it in a container too, and stands in the documentation with its default.
class ConfigurationIT {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(?::([^${}]*))?");

    private static final Pattern WITHOUT_DEFAULT = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)}");

    /// A container listens on all its addresses.
    private static final String ADDRESS = "SERVER_ADDRESS";

    /// How the services of the compose file find each other is its own affair.
    private static final Set<String> SETTLED = Set.of(
            "SERVER_PORT",
            "MANAGEMENT_PORT",
            "XIAOER_NODE",
            "SESSION_URI",
            "BOT_URI",
            "ORDER_SYNC_URI",
            "COMPENSATION_URI");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway-service",
                "session-service",
                "bot-service",
                "order-sync-service",
                "compensation-service",
                "deploy/identity"
            })
    void everyVariableReachesItsContainerAndIsDocumented(String module) throws IOException {
        var variables = variables(module);
        assertThat(variables).hasSizeGreaterThan(5).containsKey(ADDRESS);
        var rows = Files.readString(Suite.file("docs/operations/configuration.md"))
                .lines()
                .filter(line -> line.startsWith("|"))
                .toList();
        variables.forEach((name, preset) -> assertThat(rows)
                .as(name)
                .anyMatch(row -> row.contains('`' + name + '`') && (preset.isEmpty() || row.contains(preset))));

        Map<String, Object> compose = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Suite.file("docker-compose.yml")));
        var service = of(of(compose, "services"), module.substring(module.lastIndexOf('/') + 1));
        variables.remove(ADDRESS);
        var environment = of(service, "environment");
        assertThat(environment).containsKeys(variables.keySet().toArray(String[]::new));
        // What has a default may be set, so no value stands in its place.
        variables.keySet().removeAll(SETTLED);
        assertThat(environment.entrySet())
                .filteredOn(told -> !variables.getOrDefault(told.getKey(), "").isEmpty())
                .allMatch(told ->
                        told.getValue() == null || told.getValue().toString().contains("${" + told.getKey()));
    }

    /// Where the start finds what it cannot do without, and says what of it is missing.
    @ParameterizedTest
    @CsvSource({
        "gateway-service,REDIS_URL KAFKA_BOOTSTRAP ISSUER_URI SUITE_JWKS_URI",
        "session-service,DB_URL DB_USER DB_PASSWORD REDIS_URL KAFKA_BOOTSTRAP ISSUER_URI SUITE_SIGNING_KEY SERVICE_SECRETS",
        "bot-service,DB_URL DB_USER DB_PASSWORD REDIS_URL KAFKA_BOOTSTRAP ISSUER_URI SUITE_JWKS_URI SERVICE_SECRET",
        "order-sync-service,"
                + "DB_URL DB_USER DB_PASSWORD REDIS_URL KAFKA_BOOTSTRAP ISSUER_URI SUITE_JWKS_URI FIELD_HASH_KEY",
        "compensation-service,DB_URL DB_USER DB_PASSWORD KAFKA_BOOTSTRAP ISSUER_URI SUITE_JWKS_URI FIELD_KEYSET",
        "deploy/identity,IDENTITY_ISSUER IDENTITY_SIGNING_KEY IDENTITY_CLIENTS"
    })
    void whatAServiceNeedsIsAskedForByItsStart(String module, String needed) throws IOException {
        var asked = WITHOUT_DEFAULT
                .matcher(Files.readString(Suite.file(module + "/src/main/resources/application.yml")))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(asked).containsExactlyInAnyOrder(needed.split(" "));
    }

    /// The variables of an `application.yml`, each with its default; with nothing if it has none.
    private static Map<String, String> variables(String module) throws IOException {
        var variables = new TreeMap<String, String>();
        var found = VARIABLE.matcher(Files.readString(Suite.file(module + "/src/main/resources/application.yml")));
        while (found.find()) {
            variables.put(found.group(1), Objects.requireNonNullElse(found.group(2), ""));
        }
        return variables;
    }

    @SuppressWarnings("unchecked") // what YAML calls a mapping has texts for keys here
    private static Map<String, Object> of(Map<String, Object> node, String name) {
        return (Map<String, Object>) Objects.requireNonNull(node.get(name), name);
    }
}
