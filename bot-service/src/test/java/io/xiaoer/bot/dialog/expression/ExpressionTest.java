package io.xiaoer.bot.dialog.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every expression has a value for every input.
class ExpressionTest {

    private static final Map<String, Object> VALUES = Map.of(
            "order",
            Map.of("no", "1001", "paid", true, "amount", 2500, "items", List.of("a", "b")),
            "empty",
            List.of(),
            "kind",
            "SIZE",
            "price",
            new BigDecimal("12.50"),
            "blank",
            " ");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    $order is empty | false
                    $order is not empty | true
                    $nothing is empty | true
                    $empty is empty | true
                    $blank is empty | true
                    !$order.paid | false
                    !$nothing.ok | true
                    $order.amount > 2000 | true
                    $order.amount <= 2000 | false
                    $price == 12.5 | true
                    $nothing > 1 | false
                    $nothing < 1 | false
                    $nothing == 1 | false
                    $nothing != 1 | true
                    $kind == SIZE | true
                    $kind == 'SIZE' && $order.paid | true
                    $kind == COLOUR or $order.paid | true
                    not ($kind == COLOUR or $order.paid) | false
                    $kind in [SIZE, COLOUR] | true
                    $kind in [COLOUR] | false
                    $kind > 3 | false
                    $order.no.deeper.still is empty | true
                    true | true
                    """)
    void aConditionHasAValue(String text, boolean holds) throws Exception {
        assertThat(ExpressionParser.parse(text).holds(VALUES::get)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$", "$a ==", "== $a", "$a is", "($a", "$a )", "[1, ", "$a ? 1", "a b", "$a is full"})
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> ExpressionParser.parse(text)).isInstanceOf(SyntaxFault.class);
    }

    @Test
    void lengthAndDepthAreBounded() {
        assertThatThrownBy(() -> ExpressionParser.parse("(".repeat(200) + "$a" + ")".repeat(200)))
                .isInstanceOf(SyntaxFault.class)
                .hasMessageContaining("too deeply");
        assertThatThrownBy(() -> ExpressionParser.parse("!".repeat(400) + "$a")).isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(() -> ExpressionParser.parse("$" + "a".repeat(600))).isInstanceOf(SyntaxFault.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingElseIsThrownWhateverIsWritten(long seed) {
        var random = new Random(seed);
        var pieces = List.of(
                "$a",
                "$order.no",
                "(",
                ")",
                "[",
                "]",
                ",",
                "&&",
                "||",
                "!",
                "==",
                "<",
                "is",
                "empty",
                "not",
                "in",
                "1",
                "'x'",
                "X",
                "$",
                "?");
        for (int i = 0; i < 5000; i++) {
            var text = new StringBuilder();
            for (int piece = random.nextInt(12); piece > 0; piece--) {
                text.append(pieces.get(random.nextInt(pieces.size()))).append(random.nextBoolean() ? " " : "");
            }
            try {
                ExpressionParser.parse(text.toString()).value(VALUES::get);
            } catch (SyntaxFault refused) {
                assertThat(refused.cure()).isNotBlank();
            }
        }
    }

    @Test
    void aTextHasItsPlacesFilled() throws Exception {
        var template = Template.parse("订单 ${order.no}：${ kind }！$5");

        assertThat(template.fill(path -> '<' + path.toString() + '>')).isEqualTo("订单 <$order.no>：<$kind>！$5");
        assertThatThrownBy(() -> Template.parse("${order")).isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(() -> Template.parse("${a == b}")).isInstanceOf(SyntaxFault.class);
    }
}
