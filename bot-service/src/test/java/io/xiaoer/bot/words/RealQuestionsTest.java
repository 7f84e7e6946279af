package io.xiaoer.bot.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.words.ShopWords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The built-in sensitive words over what real people have asked real shops and a bank, and what is asked of the demo
/// shop: a handful of these questions swears or threatens, the others are let be.
class RealQuestionsTest {

    private static final List<String> SETS = List.of(
            "banking77/train.csv",
            "banking77/test.csv",
            "hint3/curekart_train.csv",
            "hint3/curekart_test.csv",
            "hint3/sofmattress_train.csv",
            "hint3/sofmattress_test.csv",
            "own/en.csv",
            "own/zh.csv");

    @Test
    void atMostOneInAThousandQuestionsHoldsASensitiveWord() throws IOException {
        var words = new ShopWords(new SimpleMeterRegistry());
        var found = new ArrayList<String>();
        int questions = 0;
        for (String set : SETS) {
            for (String line : lines(set)) {
                questions++;
                if (words.check(new ShopId("1001"), new Content.Text(line)) != null) {
                    found.add(line);
                }
            }
        }

        assertThat(questions).isGreaterThan(16_000);
        assertThat(found).hasSizeLessThanOrEqualTo(questions / 1000);
    }

    private static List<String> lines(String set) throws IOException {
        try (InputStream in = RealQuestionsTest.class.getResourceAsStream("/eval/" + set)) {
            return new String(Objects.requireNonNull(in, set).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
