package io.xiaoer.bot.dialog.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/// The published JSON Schema takes what the loader takes, and refuses what has another form.
class FlowSchemaTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text(Path.of("../gateway-service/src/main/resources/docs/flow.schema.json")));
    private static final String CANCELLATION = text(Path.of("src/main/resources/dialog/pack/cancel_order.yml"));

    static Stream<Path> dialogs() throws IOException {
        try (var pack = Files.list(Path.of("src/main/resources/dialog/pack"));
                var examples = Files.list(Path.of("src/test/resources/dialogs"))) {
            return Stream.concat(pack.toList().stream(), examples.toList().stream())
                    .filter(file -> !file.endsWith("functions.yml"));
        }
    }

    @ParameterizedTest
    @MethodSource("dialogs")
    void takesEveryDialogThatThereIs(Path dialog) {
        assertThat(faults(text(dialog))).isEmpty();
    }

    @Test
    void takesEveryTypeOfSlot() {
        for (String type : SlotReader.KINDS.keySet()) {
            String values = type.equals("enum") ? ", values: {ONE: [eins]}" : "";
            assertThat(faults(CANCELLATION.replace("{type: yesno}", "{type: " + type + values + "}")))
                    .as(type)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: yesno}       | {type: colour}
            {type: yesno}       | {type: yesno, shape: round}
            - confirm: ok       | - acknowledge: ok
            version: 1          | version: one
            retries: 1          | retries: often
            flow: cancel_order  | flow: 取消订单
            """)
    void refusesWhatHasAnotherForm(String right, String wrong) {
        assertThat(CANCELLATION).contains(right);
        assertThat(faults(CANCELLATION.replace(right, wrong))).isNotEmpty();
    }

    private static List<Error> faults(String yaml) {
        var reading = new LoaderOptions();
        var writing = new DumperOptions();
        Object dialog = new Yaml(
                        new SafeConstructor(reading), new Representer(writing), writing, reading, new NewerYaml())
                .load(yaml);
        return SCHEMA.validate(JSON.toJSONString(dialog), InputFormat.JSON);
    }

    /// As the loader and editors read it: `yes` and `on` are words.
    private static final class NewerYaml extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.INT, INT, "-+0123456789");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
