package io.xiaoer.bot.mining;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.understand.vector.Packed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which questions are shown together, and that nothing in them says whose they are.
class GroupsTest {

    @Test
    void likeQuestionsStandTogetherUnderTheMostAskedOne() {
        var groups = Groups.of(
                List.of(
                        question("能不能开专用发票", "zh", 5),
                        question("kann ich bar zahlen", "en", 4),
                        question("专用发票能不能开啊", "zh", 3),
                        question("有实体店吗", "zh", 2),
                        question("请问能不能开专用发票呢", "zh", 1)),
                question -> null);

        assertThat(groups)
                .extracting(group -> group.lead().text() + " " + group.asked())
                .containsExactly("能不能开专用发票 9", "kann ich bar zahlen 4", "有实体店吗 2");
    }

    @Test
    void whatMeansTheSameStandsTogetherWhateverItsWords() {
        var vectors = Map.of(
                "有实体店吗", vector(1, 0),
                "线下哪里能看到实物", vector(.8, .6),
                "能货到付款吗", vector(0, 1),
                "do you have a shop", vector(1, 0));
        var groups = Groups.of(
                List.of(
                        question("有实体店吗", "zh", 5),
                        question("能货到付款吗", "zh", 4),
                        question("线下哪里能看到实物", "zh", 3),
                        question("do you have a shop", "zh", 2),
                        question("三个字", "zh", 1)),
                question -> vectors.get(question.text()));

        assertThat(groups)
                .extracting(group -> group.lead().text() + " " + group.asked())
                .containsExactly("有实体店吗 8", "能货到付款吗 4", "do you have a shop 2", "三个字 1");
    }

    private static long[] vector(double x, double y) {
        return Packed.of(new float[] {(float) x, (float) y});
    }

    @Test
    void shortQuestionsThatDifferStandApart() {
        assertThat(Groups.of(List.of(question("保修", "zh", 1), question("尺码", "zh", 1)), question -> null))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "我的电话是13812345678|我的电话是*",
                "打 138-1234-5678 给我|打 * 给我",
                "订单W2611340能改吗|订单*能改吗",
                "mail me at james.li@example.com|mail me at j****@example.com",
                "买了3件花了1200元|买了3件花了1200元",
            })
    void whatSaysWhoseItIsIsTakenOut(String said, String kept) {
        assertThat(Anonymous.text(said)).isEqualTo(kept);
    }

    private static Unanswered question(String text, String language, long asked) {
        return new Unanswered(
                "1001", Anonymous.digest(text), language, text, asked, false, Instant.EPOCH, Instant.EPOCH);
    }
}
