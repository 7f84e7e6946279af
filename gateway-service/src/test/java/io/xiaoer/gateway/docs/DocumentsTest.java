package io.xiaoer.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.testing.ApiDocument;
import io.xiaoer.common.testing.ApiSchemas;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The two documents by themselves. That they say what the code does is tested where the code is.
class DocumentsTest {

    private static final ApiDocument OPENAPI = ApiDocument.openApi();
    private static final ApiDocument ASYNCAPI = ApiDocument.asyncApi();
    /// Scopes of tokens, and who proves itself by a signature.
    private static final List<String> CALLERS =
            List.of("guest", "chat", "agent", "merchant", "unmask", "ops", "platform");

    @Test
    void aParserOfOpenApiFindsNoFault() throws Exception {
        var options = new ParseOptions();
        options.setResolve(true);
        var json = new String(Document.read("openapi").json(), StandardCharsets.UTF_8);

        var parsed = new OpenAPIV3Parser().readContents(json, null, options);

        assertThat(parsed.getMessages()).isNullOrEmpty();
        assertThat(parsed.getOpenAPI().getOpenapi()).startsWith("3.1");
        assertThat(parsed.getOpenAPI().getPaths()).hasSameSizeAs(OPENAPI.at("paths"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openapi", "asyncapi"})
    void everyReferenceLeadsSomewhere(String name) throws Exception {
        var root = JSON.parseObject(Document.read(name).json());
        var references = references(root).toList();

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(find(root, each)).as(each).isNotNull());
    }

    /// A comma in a description without quotes makes a name of what follows it, and no parser minds.
    @ParameterizedTest
    @ValueSource(strings = {"openapi", "asyncapi"})
    void nothingIsNamedAndLeftEmpty(String name) throws Exception {
        assertThat(empty("", JSON.parseObject(Document.read(name).json()))).isEmpty();
    }

    @Test
    void everyExampleIsValidByItsSchema() {
        var schemas = new ApiSchemas(OPENAPI);

        assertThat(OPENAPI.at("components", "schemas")).allSatisfy((name, schema) -> {
            var examples = ApiDocument.list(OPENAPI.at("components", "schemas", name), "examples");
            assertThat(examples).as("examples of %s", name).isNotEmpty();
            for (var example : examples) {
                assertThat(schemas.faultsAt("/components/schemas/" + name, example))
                        .as("an example of %s", name)
                        .isEmpty();
            }
        });
    }

    @Test
    void aSchemaRefusesWhatIsWrong() {
        var schemas = new ApiSchemas(OPENAPI);

        assertThat(schemas.faultsAt("/components/schemas/Money", Map.of("amount_minor", "12", "currency", "yuan")))
                .hasSize(2);
    }

    @Test
    void everyOperationSaysWhoMayCallItAndHowItFails() {
        var codes = Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList();
        var tags = ApiDocument.list(OPENAPI.root(), "tags").stream()
                .map(tag -> String.valueOf(((Map<?, ?>) tag).get("name")))
                .toList();
        var ids = new ArrayList<>();

        OPENAPI.operations().forEach((name, operation) -> {
            ids.add(operation.get("operationId"));
            assertThat(tags).as(name).containsAll(ApiDocument.texts(operation, "tags"));
            assertThat(String.valueOf(operation.get("summary"))).as(name).isNotBlank();
            assertThat(operation).as(name).containsKeys("x-service", "security");
            assertThat(ApiDocument.list(operation, "security").stream().flatMap(DocumentsTest::scopes))
                    .as(name)
                    .isNotEmpty()
                    .isSubsetOf(CALLERS);
            assertThat(ApiDocument.texts(operation, "x-codes"))
                    .as(name)
                    .isNotEmpty()
                    .isSubsetOf(codes);
            assertThat(ApiDocument.children(operation.get("responses")))
                    .as(name)
                    .hasSizeGreaterThan(1)
                    .containsKey("default");
        });

        assertThat(ids).isNotEmpty().doesNotHaveDuplicates().doesNotContainNull();
        assertThat(OPENAPI.at("paths").keySet())
                .allMatch(path -> path.startsWith("/api/v1/") || path.equals("/graphql"));
    }

    @Test
    void everyProblemCodeIsListedWithItsMeaning() {
        var codes = Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList();
        var schema = OPENAPI.at("components", "schemas", "ProblemCode");

        assertThat(ApiDocument.texts(schema, "enum")).hasSameElementsAs(codes);
        assertThat(OPENAPI.at("components", "schemas", "ProblemCode", "x-meanings"))
                .containsOnlyKeys(codes)
                .allSatisfy((code, meaning) -> assertThat(String.valueOf(meaning))
                        .startsWith(Integer.toString(ProblemCode.valueOf(code.toUpperCase(Locale.ROOT))
                                .status())));
    }

    @Test
    void everyFrameHasAnExampleThatIsValid() {
        var schemas = new ApiSchemas(ASYNCAPI);

        assertThat(ASYNCAPI.at("channels", "im", "messages").keySet()).allSatisfy(frame -> {
            var message = ASYNCAPI.at("components", "messages", frame);
            var reference = String.valueOf(
                    ASYNCAPI.at("components", "messages", frame, "payload").get("$ref"));
            assertThat(ApiDocument.list(message, "examples"))
                    .as(frame)
                    .isNotEmpty()
                    .allSatisfy(example -> {
                        var payload = Objects.requireNonNull(
                                ApiDocument.children(example).get("payload"));
                        assertThat(payload)
                                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                                .containsEntry("type", message.get("name"));
                        assertThat(schemas.faultsAt(reference.substring(1), payload))
                                .as(frame)
                                .isEmpty();
                    });
        });
    }

    @Test
    void everyFrameIsSaidByOneSide() {
        var heard = frames("hear");
        var told = frames("tell");

        assertThat(Stream.concat(heard.stream(), told.stream()))
                .containsExactlyInAnyOrderElementsOf(
                        ASYNCAPI.at("channels", "im", "messages").keySet());
        assertThat(ASYNCAPI.at("channels", "imByTicket", "messages"))
                .isEqualTo(ASYNCAPI.at("channels", "im", "messages"));
    }

    @Test
    void everyTopicIsAChannel() {
        assertThat(ASYNCAPI.at("channels").keySet().stream().filter(each -> !each.startsWith("im")))
                .containsExactlyInAnyOrder(
                        Arrays.stream(Topic.values()).map(Topic::topic).toArray(String[]::new));
    }

    private static List<String> frames(String operation) {
        return ApiDocument.list(ASYNCAPI.at("operations", operation), "messages").stream()
                .map(each -> String.valueOf(ApiDocument.children(each).get("$ref")))
                .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
                .toList();
    }

    private static Stream<String> scopes(Object requirement) {
        return ApiDocument.children(requirement).keySet().stream()
                .flatMap(scheme -> ApiDocument.texts(ApiDocument.children(requirement), scheme).stream());
    }

    private static Stream<String> references(@Nullable Object place) {
        return switch (place) {
            case Map<?, ?> map ->
                Stream.concat(
                        map.get("$ref") instanceof String reference ? Stream.of(reference) : Stream.of(),
                        map.values().stream().flatMap(DocumentsTest::references));
            case List<?> list -> list.stream().flatMap(DocumentsTest::references);
            case null, default -> Stream.of();
        };
    }

    private static Stream<String> empty(String path, @Nullable Object place) {
        return switch (place) {
            case null -> Stream.of(path);
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .filter(each -> !"examples".equals(each.getKey()))
                        .flatMap(each -> empty(path + '/' + each.getKey(), each.getValue()));
            case List<?> list -> list.stream().flatMap(each -> empty(path, each));
            default -> Stream.of();
        };
    }

    private static @Nullable Object find(Map<String, Object> root, String reference) {
        Object place = root;
        for (var step : reference.substring(2).split("/")) {
            place = place instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return place;
    }
}
