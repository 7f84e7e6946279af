package io.xiaoer.session.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.testing.ApiDocument;
import io.xiaoer.common.testing.ApiSchemas;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The AsyncAPI document and the codec name the same frames, codes and fields.
class FramesAreDocumentedTest {

    private static final ApiDocument DOCUMENT = ApiDocument.asyncApi();
    private static final ApiSchemas SCHEMAS = new ApiSchemas(DOCUMENT);
    /// The contract names it for parts that are switched off; nothing that stands today can be.
    private static final Set<String> NAMED_BY_THE_CONTRACT_ALONE = Set.of("degraded");

    @Test
    void theFramesOfAClientAreThoseThatAreRead() {
        assertThat(names("hear"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ClientFrame.class.getPermittedSubclasses())
                        .map(each -> each.getSimpleName().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("heard")
    void theExampleOfAClientsFrameIsRead(String key) throws Exception {
        var message = DOCUMENT.at("components", "messages", key);
        for (var example : ApiDocument.list(message, "examples")) {
            var payload = ApiDocument.children(example).get("payload");

            var frame = ClientFrame.parse(JSON.toJSONString(payload), false);

            assertThat(frame.getClass().getSimpleName()).isEqualToIgnoringCase(String.valueOf(message.get("name")));
        }
    }

    /// Every way in which this node makes a frame, tried with values of its parameters' types.
    @ParameterizedTest
    @MethodSource("factories")
    void whatTheServerSaysIsValidByTheDocument(Method factory) throws Exception {
        var arguments = Arrays.stream(factory.getParameters())
                .map(each -> value(each.getName(), each.getType()))
                .toArray();
        factory.setAccessible(true);

        var frame = String.valueOf(factory.invoke(null, arguments));

        var type = String.valueOf(JSON.parseObject(frame).get("type"));
        assertThat(names("tell")).contains(type);
        assertThat(SCHEMAS.faults(schemaOf(type), frame)).as(frame).isEmpty();
    }

    @Test
    void everyErrorCodeIsListedWithItsMeaning() {
        var codes = Stream.concat(
                        Arrays.stream(FrameError.values()).map(FrameError::code), NAMED_BY_THE_CONTRACT_ALONE.stream())
                .distinct()
                .toList();

        assertThat(ApiDocument.texts(DOCUMENT.at("components", "schemas", "ErrorCode"), "enum"))
                .hasSameElementsAs(codes);
        assertThat(DOCUMENT.at("components", "schemas", "ErrorCode", "x-meanings"))
                .containsOnlyKeys(codes);
    }

    @Test
    void everyCloseCodeIsListed() {
        var codes = DOCUMENT.at("channels", "im", "x-close-codes");

        assertThat(codes.keySet())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("1007", "1009"),
                                Arrays.stream(CloseCode.values()).map(each -> Integer.toString(each.code())))
                        .toList());
        for (var each : CloseCode.values()) {
            assertThat(DOCUMENT.at("channels", "im", "x-close-codes", Integer.toString(each.code())))
                    .containsEntry("name", each.reason());
        }
    }

    static List<String> heard() {
        return keys("hear");
    }

    static List<Method> factories() {
        return Arrays.stream(ServerFrame.class.getDeclaredMethods())
                .filter(each -> !Modifier.isPrivate(each.getModifiers()) && !each.isSynthetic())
                .filter(each -> each.getReturnType() == String.class)
                .toList();
    }

    private static Object value(String name, Class<?> type) {
        if (type == boolean.class) {
            return true;
        }
        if (type == int.class || type == long.class) {
            return 1;
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(30);
        }
        if (type == Instant.class) {
            return Instant.EPOCH;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type == Map.class) {
            return Map.of("kind", "text", "text", "七天内可以退货。");
        }
        return switch (name) {
            case "from" -> "user";
            case "device" -> "app";
            case "owner" -> "agent";
            default -> "1"; // An id of the suite and of a client alike.
        };
    }

    private static List<String> names(String operation) {
        return keys(operation).stream()
                .map(key -> String.valueOf(
                        DOCUMENT.at("components", "messages", key).get("name")))
                .toList();
    }

    private static String schemaOf(String type) {
        return keys("tell").stream()
                .filter(key ->
                        type.equals(DOCUMENT.at("components", "messages", key).get("name")))
                .map(key -> String.valueOf(
                        DOCUMENT.at("components", "messages", key, "payload").get("$ref")))
                .map(FramesAreDocumentedTest::last)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> keys(String operation) {
        return ApiDocument.list(DOCUMENT.at("operations", operation), "messages").stream()
                .map(each -> String.valueOf(ApiDocument.children(each).get("$ref")))
                .map(FramesAreDocumentedTest::last)
                .toList();
    }

    private static String last(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
