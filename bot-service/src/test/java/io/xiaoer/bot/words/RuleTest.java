package io.xiaoer.bot.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.text.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {

    private static final List<String> TEXTS = new ArrayList<>(List.of("", "x", "退", "'tis an order", "_order 订单order"));

    @BeforeAll
    static void takeAllOwnQuestions() throws IOException {
        for (String name : List.of("zh", "en")) {
            try (var file = RuleTest.class.getResourceAsStream("/eval/own/" + name + ".csv")) {
                assertThat(file).isNotNull();
                new String(file.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(line -> TEXTS.add(line.substring(0, line.indexOf(','))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "订单|快递(到|在)哪",
                "(我的|我)?(快递|包裹)",
                ".{0,3}退款",
                "[吗么呢]$",
                "^(现在|已经)?到哪|^(?=.*(订单|快递)).*(没|未)",
                "\\b(orders?|parcel)\\b|\\bwhere (is|are)\\b.*\\b(it|my)\\b",
                "\\b(my|recent|all) (\\w+ )?orders?\\b",
                "^(?=.*(\\b(order|it)\\b)).*\\b(not|never)\\b|^hi",
                "(?=r)re(turn|fund)|[0-9]{2,}",
                "[^a-z ]{2}order|\\p{IsHan}{2}人",
                "\\border\\b",
                "q?u?ick|é"
            })
    void holdsWhereThePatternIsFound(String pattern) {
        var rule = Rule.of(pattern);
        var found = Pattern.compile(pattern);
        assertThat(TEXTS).allSatisfy(text -> {
            for (int from = 0; from <= text.length(); from += 3) {
                String rest = text.substring(from);
                assertThat(rule.in(rest)).as(rest).isEqualTo(found.matcher(rest).find());
            }
        });
        assertThat(TEXTS).anyMatch(rule::in);
    }
}
