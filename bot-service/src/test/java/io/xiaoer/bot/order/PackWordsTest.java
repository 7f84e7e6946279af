package io.xiaoer.bot.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.Yaml;

/// What begins another dialog asks nothing about where an order is.
class PackWordsTest {

    static Stream<String> otherDialogs() throws IOException {
        var files = new PathMatchingResourcePatternResolver().getResources("classpath:dialog/pack/*.yml");
        var words = Stream.<String>builder();
        for (var file : files) {
            Map<String, Object> flow = new Yaml().load(file.getContentAsString(StandardCharsets.UTF_8));
            if (!"order_status".equals(flow.get("flow"))
                    && flow.get("start") instanceof Map<?, ?> start
                    && start.get("examples") instanceof Map<?, ?> examples) {
                examples.values().forEach(each -> ((List<?>) each).forEach(text -> words.add(String.valueOf(text))));
            }
        }
        return words.build();
    }

    @ParameterizedTest
    @MethodSource("otherDialogs")
    void areLeftToTheirDialogs(String text) {
        assertThat(OrderWords.read(text)).as(text).isNull();
        assertThat(OrderWords.aside(text)).as(text).isNull();
    }
}
