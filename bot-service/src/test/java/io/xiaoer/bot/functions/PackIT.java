package io.xiaoer.bot.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.RunningBot;
import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.dialog.engine.FlowBook;
import io.xiaoer.bot.dialog.engine.Senses;
import io.xiaoer.bot.dialog.engine.WordsHeard;
import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.dialog.flow.FlowLoader;
import io.xiaoer.bot.dialog.function.Functions;
import io.xiaoer.bot.dialog.simulate.Script;
import io.xiaoer.bot.dialog.simulate.Simulator;
import io.xiaoer.bot.words.Language;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.text.PlainText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// The commerce dialogs, by the catalogue and functions of this service, played by their scripts.
class PackIT extends RunningBot {

    private static final List<String> NAMES = List.of(
            "order_status",
            "urge_shipping",
            "return_order",
            "exchange_order",
            "change_address",
            "cancel_order",
            "issue_coupon",
            "price_protection",
            "invoice",
            "human");

    @Autowired
    private Functions functions;

    private final Map<String, Flow> flows = new HashMap<>();

    @BeforeEach
    void load() throws Exception {
        var loader = new FlowLoader(functions.catalogue());
        for (var file : new PathMatchingResourcePatternResolver().getResources("classpath:dialog/pack/*.yml")) {
            var flow = loader.load(String.valueOf(file.getFilename()), file.getContentAsString(StandardCharsets.UTF_8));
            flows.put(flow.name(), flow);
        }
    }

    @Test
    void eachStartsByWordsOfItsOwnInBothLanguages() {
        assertThat(flows.keySet()).containsExactlyInAnyOrderElementsOf(NAMES);
        for (var language : Language.values()) {
            var all = new ArrayList<String>();
            flows.values().forEach(flow -> {
                var examples = flow.examples().getOrDefault(language, List.of());
                assertThat(examples).as(flow.name()).hasSizeBetween(12, 25);
                examples.forEach(example -> all.add(PlainText.of(example)));
            });
            assertThat(all).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order_status",
                "urge_shipping",
                "return_order",
                "exchange_order",
                "change_address",
                "cancel_order",
                "issue_coupon",
                "price_protection",
                "invoice",
                "human"
            })
    void itsTalksGoAsWritten(String name) throws Exception {
        var simulator = new Simulator(
                new ShopId("pack"), book(), functions.catalogue(), senses(), new WordsHeard(), new Wording());

        var results = simulator.play(Script.read(name, talks(name), functions.catalogue()));

        assertThat(results).isNotEmpty();
        assertThat(results.stream()
                        .filter(result -> !result.passed())
                        .map(result -> result.name() + ": " + result.failures()))
                .isEmpty();
    }

    private static String talks(String name) throws IOException {
        return new PathMatchingResourcePatternResolver()
                .getResource("classpath:dialog/talks/" + name + ".yml")
                .getContentAsString(StandardCharsets.UTF_8);
    }

    private FlowBook book() {
        return new FlowBook() {
            @Override
            public @Nullable Flow current(UserKey user, String name) {
                return flows.get(name);
            }

            @Override
            public @Nullable Flow version(ShopId shop, String name, int version) {
                return flows.get(name);
            }
        };
    }

    /// Flows are begun by their examples, word for word.
    private Senses senses() {
        return new Senses() {
            @Override
            public @Nullable String person(Question question, Deadline deadline) {
                return null;
            }

            @Override
            public @Nullable Reply faq(Question question, Deadline deadline) {
                return null;
            }

            @Override
            public @Nullable Wanted flow(Question question, Deadline deadline) {
                var plain = PlainText.of(question.text());
                return flows.values().stream()
                        .filter(flow -> flow.examples().values().stream()
                                .flatMap(List::stream)
                                .anyMatch(example -> PlainText.of(example).equals(plain)))
                        .findFirst()
                        .map(flow -> new Wanted(flow.name(), 1))
                        .orElse(null);
            }
        };
    }
}
