package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/// The manifests for Kubernetes are what its API takes, and tell each service what its container of the compose file is
/// told.
class KubernetesIT {

    private static final Map<String, Class<?>> KINDS = Map.of(
            "v1/Namespace", Namespace.class,
            "v1/Service", Service.class,
            "apps/v1/Deployment", Deployment.class,
            "apps/v1/StatefulSet", StatefulSet.class,
            "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
            "networking.k8s.io/v1/Ingress", Ingress.class,
            "autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class);

    /// The types would keep fields that they do not know.
    private static final JsonMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
                    return false;
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /// A secret of the compose file.
    private static final Pattern SECRET = Pattern.compile("\\$\\{([A-Z_]+):\\?");

    private static final Pattern WITHOUT_DEFAULT = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)}");

    private static final String SETTINGS = "xiaoer-settings";

    private static final Path BASE = Suite.file("deploy/k8s/base");
    private static final Path TRIAL = Suite.file("deploy/k8s/overlays/trial");
    private static final Path PRODUCTION = Suite.file("deploy/k8s/overlays/production");

    @ParameterizedTest
    @MethodSource("manifests")
    void everyObjectIsWhatTheApiTakes(Path manifest) {
        for (var object : yaml(manifest)) {
            var kind = object.get("apiVersion") + "/" + object.get("kind");

            assertThat(KINDS).containsKey(kind);
            assertThatCode(() -> STRICT.convertValue(object, KINDS.get(kind)))
                    .as(object.toString())
                    .doesNotThrowAnyException();
        }
    }

    static List<Path> manifests() {
        return Stream.of(BASE, TRIAL, PRODUCTION)
                .flatMap(folder -> files(folder).stream())
                .toList();
    }

    @Test
    void kustomizeIsToldOfEveryFile() {
        for (var folder : List.of(BASE, TRIAL, PRODUCTION)) {
            var kustomization = one(folder.resolve("kustomization.yaml"));
            var resources = texts(kustomization.get("resources")).filter(name -> name.endsWith(".yaml"));
            var patches = list(kustomization.get("patches")).stream()
                    .map(patch -> String.valueOf(patch.get("path")))
                    .filter(name -> name.endsWith(".yaml"));
            assertThat(files(folder).stream().map(file -> file.getFileName().toString()))
                    .as(folder.toString())
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(resources, patches).distinct().toList());
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void aPodIsToldWhatItsServiceNeeds(String name) throws IOException {
        var container = container(name);
        var pod = container(BASE.resolve("pod.yaml"), "any");
        assertThat(pod.getName()).as("what the patch is merged into").isEqualTo(container.getName());
        var told = Stream.concat(container.getEnv().stream(), pod.getEnv().stream())
                .map(EnvVar::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        told.addAll(settings());

        var needed = WITHOUT_DEFAULT
                .matcher(Files.readString(Suite.file(name + "/src/main/resources/application.yml")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(needed).isNotEmpty();
        assertThat(told)
                .contains("ISSUER_URI", "XIAOER_NODE", "MANAGEMENT_PORT")
                .containsAll(needed);
        assertThat(told.contains("REDIS_URL")).isEqualTo(!name.equals("compensation-service"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void aPodKnowsNoSecretThatItsContainerOfTheComposeFileDoesNotKnow(String name) {
        var known = of(service(name), "environment").values().stream()
                .flatMap(value -> SECRET.matcher(String.valueOf(value)).results())
                .map(found -> found.group(1))
                .toList();

        var told = container(name).getEnv().stream()
                .filter(variable -> variable.getValueFrom() != null)
                .filter(variable -> variable.getValueFrom().getSecretKeyRef() != null)
                .map(variable -> variable.getValueFrom().getSecretKeyRef().getKey())
                .toList();

        assertThat(told).isNotEmpty().isSubsetOf(known);
    }

    /// What is taken from the settings stands in those of both overlays.
    @ParameterizedTest
    @MethodSource("services")
    void whatAPodTakesFromTheSettingsIsThere(String name) {
        var container = container(name);
        var taken = container.getEnv().stream()
                .filter(variable -> variable.getValueFrom() != null)
                .filter(variable -> variable.getValueFrom().getConfigMapKeyRef() != null)
                .map(variable -> variable.getValueFrom().getConfigMapKeyRef().getKey())
                .collect(Collectors.toSet());
        taken.addAll(Set.of("KAFKA_BOOTSTRAP", "ISSUER_URI"));

        assertThat(settings()).containsAll(taken);
        assertThat(keys(PRODUCTION.resolve("settings.env"))).containsAll(taken);
        assertThat(container.getEnvFrom().getFirst().getConfigMapRef().getName())
                .isEqualTo(SETTINGS);
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceIsFoundUnderItsNameAndScraped(String name) {
        var service = STRICT.convertValue(object(BASE.resolve(name + ".yaml"), "Service"), Service.class);
        var template = template(BASE.resolve(name + ".yaml"), name);
        int port = port(container(name), "http");
        var environment = of(service(name), "environment");

        assertThat(port).isEqualTo(Integer.parseInt((String) Objects.requireNonNull(environment.get("SERVER_PORT"))));
        assertThat(service.getMetadata().getName()).isEqualTo(name);
        assertThat(service.getSpec().getPorts().getFirst().getPort()).isEqualTo(port);
        assertThat(service.getSpec().getSelector())
                .isEqualTo(template.getMetadata().getLabels())
                .containsOnly(Map.entry("app.kubernetes.io/name", name));
        assertThat(container(name).getImage()).isEqualTo(service(name).get("image"));
        // By these Prometheus finds the pods (deploy/prometheus/kubernetes.yml).
        var pod = BASE.resolve("pod.yaml");
        assertThat(template(pod, "any").getMetadata().getLabels()).containsEntry("app.kubernetes.io/part-of", "xiaoer");
        assertThat(port(container(pod, "any"), "management"))
                .isEqualTo(Integer.parseInt((String) Objects.requireNonNull(environment.get("MANAGEMENT_PORT"))));
    }

    @Test
    void theTrialRunsTheServersOfTheComposeFile() {
        for (var name : List.of("redis", "kafka", "mariadb", "identity")) {
            var container = container(TRIAL.resolve(name + ".yaml"), name);
            assertThat(container.getImage()).isEqualTo(service(name).get("image"));
            if (name.equals("kafka")) {
                var told = container.getEnv().stream()
                        .filter(variable -> variable.getValue() != null)
                        .filter(variable -> !variable.getName().equals("KAFKA_LOG_DIRS"))
                        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
                assertThat(of(service(name), "environment")).containsAllEntriesOf(told);
            }
        }
    }

    static List<String> services() {
        return texts(one(BASE.resolve("kustomization.yaml")).get("resources"))
                .filter(name -> name.endsWith("-service.yaml"))
                .map(name -> name.replace(".yaml", ""))
                .toList();
    }

    private static Map<String, Object> service(String name) {
        return of(of(one(Suite.file("docker-compose.yml")), "services"), name);
    }

    /// The names of all settings of the trial.
    private static Set<String> settings() {
        var names = new TreeSet<>(keys(BASE.resolve("settings.env")));
        var generated = list(one(TRIAL.resolve("kustomization.yaml")).get("configMapGenerator"))
                .getFirst();
        assertThat(generated).containsEntry("name", SETTINGS);
        texts(generated.get("literals"))
                .map(literal -> literal.substring(0, literal.indexOf('=')))
                .forEach(names::add);
        return names;
    }

    private static Set<String> keys(Path env) {
        try (var lines = Files.lines(env)) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf('=')))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(Container container, String name) {
        return container.getPorts().stream()
                .filter(port -> port.getName().equals(name))
                .mapToInt(ContainerPort::getContainerPort)
                .findFirst()
                .orElseThrow();
    }

    private static Container container(String service) {
        return container(BASE.resolve(service + ".yaml"), service);
    }

    private static Container container(Path manifest, String name) {
        return template(manifest, name).getSpec().getContainers().getFirst();
    }

    private static PodTemplateSpec template(Path manifest, String name) {
        for (var object : yaml(manifest)) {
            if (Set.of("Deployment", "StatefulSet").contains(object.get("kind"))) {
                assertThat(of(object, "metadata")).containsEntry("name", name);
                return STRICT.convertValue(of(of(object, "spec"), "template"), PodTemplateSpec.class);
            }
        }
        throw new AssertionError("No pods in " + manifest);
    }

    private static Map<String, Object> object(Path manifest, String kind) {
        return yaml(manifest).stream()
                .filter(object -> kind.equals(object.get("kind")))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> one(Path file) {
        return yaml(file).getFirst();
    }

    @SuppressWarnings("unchecked") // every document here is a mapping with texts for keys
    private static List<Map<String, Object>> yaml(Path file) {
        try (var reader = Files.newBufferedReader(file)) {
            var documents = new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(reader);
            return StreamSupport.stream(documents.spliterator(), false)
                    .map(document -> (Map<String, Object>) document)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(@Nullable Object node) {
        return node == null ? List.of() : (List<Map<String, Object>>) node;
    }

    private static Stream<String> texts(@Nullable Object node) {
        return ((List<?>) Objects.requireNonNull(node)).stream().map(String::valueOf);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> of(Map<String, Object> node, String name) {
        return (Map<String, Object>) Objects.requireNonNull(node.get(name), name);
    }
}
