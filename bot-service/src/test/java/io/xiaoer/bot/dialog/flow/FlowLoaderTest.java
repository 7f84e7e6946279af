package io.xiaoer.bot.dialog.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.xiaoer.bot.dialog.Flows;
import io.xiaoer.bot.dialog.yaml.Fault;
import io.xiaoer.bot.dialog.yaml.Faults;
import io.xiaoer.bot.dialog.yaml.InvalidFile;
import io.xiaoer.bot.dialog.yaml.YamlFile;
import io.xiaoer.bot.words.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A good flow loads; of a bad one everything that is wrong is told, with its line and a cure.
class FlowLoaderTest {

    private static final String HEAD = """
            flow: t
            version: 1
            title: {zh: 标题, en: Title}
            slots:
              order: {type: order_ref}
              kind: {type: enum, values: {A: [甲, a], B: [乙, b]}}
              ok: {type: yesno}
            steps:
            """;

    private static List<Fault> faults(String text) {
        var failure =
                catchThrowableOfType(InvalidFile.class, () -> Flows.loader().load("t.yml", text));
        assertThat(failure).as("the file is refused").isNotNull();
        assertThat(failure.faults())
                .allSatisfy(fault -> assertThat(fault.words())
                        .as("it is told in Chinese too")
                        .matches("(?s).*\\p{IsHan}.*；.*\\p{IsHan}.* / "
                                + Pattern.quote(fault.what() + "; " + fault.cure())));
        return failure.faults();
    }

    /// What is wrong with steps, which begin in line 9.
    private static List<Fault> inSteps(String steps) {
        return faults(HEAD + steps.indent(2));
    }

    private static void wrong(String steps, int line, String what) {
        var faults = inSteps(steps);
        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault.file()).isEqualTo("t.yml");
            assertThat(fault.line()).isEqualTo(line);
            assertThat(fault.what()).contains(what);
            assertThat(fault.cure()).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"return_order", "order_status", "issue_coupon"})
    void theExamplesLoad(String name) throws Exception {
        var flow = Flows.loader().load(name + ".yml", Flows.text(name + ".yml"));

        assertThat(flow.name()).isEqualTo(name);
        assertThat(flow.examples().get(Language.ZH)).isNotEmpty();
        assertThat(flow.steps()).hasSizeGreaterThan(5);
    }

    @Test
    void theExampleOfTheDocumentLoads() throws Exception {
        var document = Files.readString(Path.of("../docs/dialogs.md"));
        var examples = Pattern.compile("(?s)```yaml\n(.+?)```")
                .matcher(document)
                .results()
                .map(example -> example.group(1))
                .toList();
        var dialog = examples.getFirst();
        assertThat(dialog).contains("steps: […]");

        var steps = "steps: [{id: check, ask: ok, say: {zh: 好吗, en: All right}}, {end: done}]";
        var flow = Flows.loader().load("r.yml", dialog.replace("steps: […]", steps));

        assertThat(flow.silence()).isNotNull();
        assertThat(flow.slots()).hasSize(4);
        for (String example : examples) {
            YamlFile.read("d.yml", example, new Faults("d.yml"));
        }
    }

    @Test
    void aTextThatWantsQuotesIsTold() {
        for (String text : List.of("Still there?", "Yes? No", "Tell me: which")) {
            assertThat(faults("flow: t\nversion: 1\ntitle: {zh: 标题, en: " + text + "}\n"))
                    .as(text)
                    .singleElement()
                    .satisfies(fault -> {
                        assertThat(fault.line()).isEqualTo(3);
                        assertThat(fault.cure()).contains("wants quotes");
                        assertThat(fault.words()).contains("要加引号");
                    });
        }
    }

    @Test
    void aFlowKnowsWhereItGoesOnAndWhatDependsOnASlot() throws Exception {
        var flow = Flows.loader().load("r.yml", Flows.text("return_order.yml"));

        assertThat(flow.resume()).isNotNull();
        assertThat(flow.step(Objects.requireNonNull(flow.resume())).id()).isEqualTo("check");
        assertThat(flow.step(flow.dependentOn("reason")).does()).isInstanceOf(Action.Confirm.class);
        assertThat(flow.step(flow.dependentOn("order")).id()).isEqualTo("check");
        assertThat(flow.step(flow.dependentOn("when")).does())
                .isInstanceOfSatisfying(
                        Action.CallFunction.class,
                        call -> assertThat(call.function().name()).isEqualTo("orders.search"));
        assertThat(flow.silence()).isNotNull();
    }

    @Test
    void anUnknownFunctionIsToldOf() {
        wrong("- call: orders.find\n  with: {order: $order}\n- end: done", 9, "no function `orders.find`");
    }

    @Test
    void anUnknownArgumentIsToldOf() {
        wrong("- call: logistics.track\n  with: {order: $order, speed: 3}\n- end: done", 10, "takes no `speed`");
    }

    @Test
    void aMissingArgumentIsToldOf() {
        wrong("- call: logistics.track\n- end: done", 9, "needs `order`");
    }

    @Test
    void aWrongTypeIsToldOf() {
        wrong(
                "- call: aftersale.eligible\n  with: {order: $order, kind: LATER}\n- end: done",
                10,
                "one of RETURN_REFUND");
        wrong(
                "- call: orders.search\n  with: {buyer: $buyer.id, limit: many}\n  into: l\n- end: done",
                10,
                "number is wanted");
    }

    @Test
    void aCallForAnotherShopperIsToldOf() {
        wrong("- call: orders.search\n  with: {buyer: somebody}\n- end: done", 10, "for the shopper who talks");
    }

    @Test
    void anUndeclaredSlotIsToldOf() {
        wrong("- ask: colour\n  say: {zh: 颜色, en: colour}\n- end: done", 9, "no slot `colour`");
        wrong("- if: $colour is empty\n  then: [{end: a}]\n- end: done", 9, "`$colour` is not declared");
        wrong("- say: {zh: \"${colour}\", en: x}\n- end: done", 9, "`$colour` is not declared");
    }

    @Test
    void anUnknownFieldIsToldOf() {
        wrong(
                "- call: logistics.track\n  with: {order: $order}\n  into: t\n- if: $t.weight > 3\n  then: [{end: a}]\n- end: b",
                12,
                "`$t` has no `weight`");
    }

    @Test
    void aConditionOfTheWrongTypeIsToldOf() {
        wrong("- if: $kind > 3\n  then: [{end: a}]\n- end: b", 9, "`>` compares");
        wrong("- if: $kind == C\n  then: [{end: a}]\n- end: b", 9, "is compared with");
        wrong("- if: $kind\n  then: [{end: a}]\n- end: b", 9, "not a yes or no");
        wrong("- if: \"$kind ===\"\n  then: [{end: a}]\n- end: b", 9, "cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e900000000", "-1e-900000000", "1.5E+41", "0.00000000000000000000000000000000000000001"})
    void aNumberOfTooManyFiguresIsToldOf(String number) {
        var faults = faults(HEAD.replace("slots:\n", "slots:\n  n: {type: number}\n") + "  - set: {n: " + number
                + "}\n  - say: {zh: \"${n}\", en: \"${n}\"}\n  - end: done\n");

        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(10);
            assertThat(fault.what()).isEqualTo("the number has too many figures");
        });
    }

    @Test
    void anUnknownGotoIsToldOf() {
        wrong("- goto: nowhere", 9, "no step `nowhere`");
        wrong(
                "- call: logistics.track\n  with: {order: $order}\n  on_error: {goto: nowhere}\n- end: done",
                11,
                "no step `nowhere`");
    }

    @Test
    void anUnreachableStepIsToldOf() {
        wrong("- end: done\n- say: {zh: 好, en: well}\n- end: done", 10, "never reached");
    }

    @Test
    void aStepBehindWhichNothingComesIsToldOf() {
        wrong("- say: {zh: 好, en: well}", 9, "past its last step");
    }

    @Test
    void aCircleWithoutAQuestionIsToldOf() {
        wrong("- id: again\n  say: {zh: 好, en: well}\n- goto: again", 11, "without asking");
        assertThat(inSteps("- say: {zh: 好, en: well}\n- goto: START")).hasSize(1);
    }

    @Test
    void aFlowThatRunsItselfOrWhatCannotBeOneIsToldOf() {
        wrong("- run: t\n- end: done", 9, "runs itself");
        wrong("- run: 退货\n- end: done", 9, "cannot be a flow's name");
    }

    @Test
    void aWriteWithoutAConfirmIsToldOf() {
        wrong(
                "- call: aftersale.create\n  with: {order: $order, kind: RETURN_REFUND, reason: $kind}\n- end: done",
                9,
                "without a confirm");
    }

    @Test
    void aWriteThatOneWayLeadsAroundTheConfirmIsToldOf() {
        wrong("""
                - if: $kind == A
                  then: [{goto: write}]
                - confirm: ok
                  say: {zh: 确认吗, en: sure}
                  no: {end: declined}
                - id: write
                  call: aftersale.create
                  with: {order: $order, kind: RETURN_REFUND, reason: $kind}
                - end: done
                """, 14, "without a confirm");
    }

    @Test
    void aWriteBehindTheNoOfAConfirmIsToldOf() {
        wrong("""
                - confirm: ok
                  say: {zh: 确认吗, en: sure}
                  yes: {end: fine}
                  no: next
                - call: aftersale.create
                  with: {order: $order, kind: RETURN_REFUND, reason: $kind}
                - end: done
                """, 13, "without a confirm");
    }

    @Test
    void aWriteThatACorrectionLeadsToAroundTheConfirmIsToldOf() {
        wrong("""
                - ask: kind
                  say: {zh: 哪种, en: which}
                - confirm: ok
                  say: {zh: 确认吗, en: sure}
                  no: {end: declined}
                - id: late
                  depends: [kind]
                  ask: order
                  say: {zh: 哪个订单, en: which order}
                - call: aftersale.create
                  with: {order: $order, kind: RETURN_REFUND, reason: $kind}
                - end: done
                """, 18, "without a confirm");
    }

    @Test
    void wordsThatAreMissingInALanguageAreToldOf() {
        wrong("- say: {zh: 好}\n- end: done", 9, "`en` are missing");
        wrong("- ask: order\n- end: done", 9, "no words");
    }

    @Test
    void anUnknownCardIsToldOf() {
        wrong(
                "- call: logistics.track\n  with: {order: $order}\n  into: t\n- card: weather\n  data: $t\n  say: {zh: 好, en: well}\n- end: done",
                12,
                "no card `weather`");
    }

    @Test
    void dataWithoutACardIsToldOf() {
        wrong("""
                - call: aftersale.eligible
                  with: {order: $order, kind: RETURN_REFUND}
                  into: e
                - card: after_sale
                  data: $e
                  say: {zh: 好, en: well}
                - end: done
                """, 13, "nothing for a card");
    }

    @Test
    void duplicatesAreToldOf() {
        wrong("- id: a\n  say: {zh: 好, en: well}\n- id: a\n  end: done", 11, "two steps");
        assertThat(faults(HEAD.replace("B: [乙, b]", "B: [甲, b]") + "  - end: done"))
                .anySatisfy(fault -> assertThat(fault.what()).contains("means A as well"));
        assertThat(faults("flow: t\nflow: u\nversion: 1\ntitle: {zh: 题, en: t}\nsteps: [{end: x}]\n"))
                .anySatisfy(fault -> {
                    assertThat(fault.line()).isEqualTo(2);
                    assertThat(fault.what()).contains("twice");
                });
    }

    @Test
    void wordsThatAreNotOfTheLanguageAreToldOf() {
        wrong("- sing: {zh: 好, en: well}\n- end: done", 9, "no known kind");
        wrong("- say: {zh: 好, en: well}\n  loud: true\n- end: done", 10, "has no `loud`");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        var faults = inSteps("- call: no.such\n- ask: colour\n  say: {zh: 好}\n- goto: nowhere");

        assertThat(faults.stream().map(Fault::line).collect(Collectors.toSet())).contains(9, 10, 11, 12);
        assertThat(faults).isSortedAccordingTo(java.util.Comparator.comparingInt(Fault::line));
    }

    @Test
    void tenThousandExamplesAreRefused() {
        var examples = IntStream.range(0, 10_000).mapToObj(i -> "e" + i).collect(Collectors.joining(", "));
        var faults = faults("flow: t\nversion: 1\ntitle: {zh: 题, en: t}\nstart:\n  examples:\n    zh: [" + examples
                + "]\n    en: [a]\nsteps: [{end: x}]\n");

        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(6);
            assertThat(fault.what()).contains("10000 examples");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a: &x [1]\\nb: *x | aliases
                    a: !!java.net.URL [x] | tags
                    a: !foo bar | tags
                    [[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]] | nested too deeply
                    a: 1\\n---\\nb: 2 | several documents
                    a: [1 | no YAML
                    a: "\\u0007" | no YAML
                    """)
    void whatYamlAllowsAndAFlowDoesNotIsRefused(String text, String what) {
        assertThat(faults(text.replace("\\n", "\n").replace("\\u0007", "\u0007")))
                .anySatisfy(fault -> assertThat(fault.what()).contains(what));
    }

    @Test
    void aBombIsRefusedAtOnce() {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n"
                    .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        assertThat(faults(bomb.toString()))
                .singleElement()
                .satisfies(fault -> assertThat(fault.what()).contains("aliases"));
        assertThat(faults("a: \"" + "x".repeat(300_000) + '"'))
                .singleElement()
                .satisfies(fault -> assertThat(fault.what()).contains("too large"));
        assertThat(faults("[" + "1,".repeat(30_000) + "1]"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.what()).contains("too many values"));
        assertThat(faults("[".repeat(100_000))).isNotEmpty();
        assertThat(faults("")).isNotEmpty();
    }
}
