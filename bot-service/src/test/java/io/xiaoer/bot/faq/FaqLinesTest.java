package io.xiaoer.bot.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.bot.faq.FaqLines.Line;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// An import is read line by line, and a bad line fails alone.
class FaqLinesTest {

    private static final int MOST = 10;

    @Test
    void quotesCommasAndLineBreaksBelongToTheirField() {
        var lines = FaqLines.csv(
                "\uFEFFquestion,similar,answer,locale\r\n" + "怎么退货,\"如何退|退货流程\",\"先申请,\r\n再寄回 \"\"原包装\"\"\",zh\r\n",
                MOST);
        assertThat(lines).singleElement().isInstanceOfSatisfying(Line.Good.class, line -> {
            assertThat(line.number()).isEqualTo(2);
            assertThat(line.draft().similar()).containsExactly("如何退", "退货流程");
            assertThat(line.draft().answer()).isEqualTo("先申请,\r\n再寄回 \"原包装\"");
        });
    }

    @Test
    void linesAreCountedHoweverTheyEndWithinAFieldToo() {
        for (var end : List.of("\n", "\r\n", "\r")) {
            var lines = FaqLines.csv(String.join(end, "question,answer", "a,\"b", "c\"", "d,e", ""), MOST);
            assertThat(lines).extracting(Line::number).containsExactly(2, 4);
        }
    }

    @Test
    void aQuoteThatDoesNotCloseSpoilsItsOwnLineAlone() {
        var lines = FaqLines.csv("question,answer\na,b\n\"open,c\nd,e\nf\n,g\n", MOST);
        assertThat(lines).extracting(Line::number).containsExactly(2, 3, 4, 5, 6);
        assertThat(lines.get(0)).isInstanceOf(Line.Good.class);
        assertThat(lines.get(1))
                .isInstanceOfSatisfying(
                        Line.Bad.class, bad -> assertThat(bad.code()).isEqualTo("malformed"));
        assertThat(lines.get(2)).isInstanceOf(Line.Good.class);
        assertThat(lines.get(3))
                .isInstanceOfSatisfying(
                        Line.Bad.class, bad -> assertThat(bad.code()).isEqualTo("malformed"));
        assertThat(lines.get(4))
                .isInstanceOfSatisfying(
                        Line.Bad.class,
                        bad -> assertThat(bad.faults())
                                .containsExactly(new InvalidFaq.Fault("question", "must not be empty")));
    }

    @Test
    void aHeaderWithoutQuestionOrAnswerIsRefused() {
        assertThatThrownBy(() -> FaqLines.csv("frage,antwort\na,b\n", MOST))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FaqLines.csv("", MOST)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aJsonLineThatIsNoEntryFailsAlone() {
        var lines = FaqLines.ndjson("""
                {"question":"q1","answer":"a1","similar":["s1"],"unknown":1}
                {"question":
                {"question":"q2","answer":7}

                [1]
                {"id":"own","question":"q3","answer":"a3","locale":"en"}
                {"question":0
                {"question":"half \\ud83d","answer":"a"}
                {"question":{"$ref":"$"},"answer":"a"}
                """, MOST);
        assertThat(lines)
                .extracting(Line::number, line -> line instanceof Line.Bad bad ? bad.code() : "")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, ""),
                        org.assertj.core.groups.Tuple.tuple(2, "malformed"),
                        org.assertj.core.groups.Tuple.tuple(3, "invalid_request"),
                        org.assertj.core.groups.Tuple.tuple(5, "malformed"),
                        org.assertj.core.groups.Tuple.tuple(6, ""),
                        org.assertj.core.groups.Tuple.tuple(7, "malformed"),
                        org.assertj.core.groups.Tuple.tuple(8, "invalid_request"),
                        org.assertj.core.groups.Tuple.tuple(9, "invalid_request"));
    }

    @Test
    void aLineThatIsNoEntryTellsWhichItWouldHaveBeen() {
        var json = FaqLines.ndjson("""
                {"id":"a","question":"","answer":"a"}
                {"answer":7,"id":" b ","question":"q"}
                {"id":"no such id","question":"","answer":"a"}
                {"id":7,"question":"q","answer":"a"}
                {"question":"","answer":"a"}
                """, MOST);
        var csv = FaqLines.csv("id,question,answer,enabled\na,,a,\nb,q,a,perhaps\n,,a,\n", MOST);

        assertThat(json)
                .extracting(line -> line instanceof Line.Bad bad ? bad.id() : "good")
                .containsExactly("a", "b", null, null, null);
        assertThat(csv)
                .extracting(line -> line instanceof Line.Bad bad ? bad.id() : "good")
                .containsExactly("a", "b", null);
    }

    @Test
    void theSameQuestionIsTheSameEntryWithoutAnId() throws InvalidFaq {
        var one = FaqDraft.of(null, "How do I pay?", List.of(), "By card.", null);
        var other = FaqDraft.of("", "how do I  pay", List.of(), "By cash.", "en-US");
        assertThat(one.id()).isEqualTo(other.id());
        assertThat(one.locale()).isEqualTo("en");
    }

    @Test
    void noMoreLinesAreReadThanAreWanted() {
        assertThat(FaqLines.ndjson("\n".repeat(100) + "x\n".repeat(100), MOST)).hasSize(MOST);
        assertThat(FaqLines.csv("question,answer\n" + "x\n".repeat(100), MOST)).hasSize(MOST);
    }

    @Test
    void aLineThatNoEntryCanFillIsNotParsed() {
        var lines = FaqLines.ndjson(
                "{\"question\":\"" + "x".repeat(2_000_000)
                        + "\",\"answer\":\"a\"}\n{\"question\":\"q\",\"answer\":\"a\"}",
                MOST);

        assertThat(lines.getFirst())
                .isInstanceOfSatisfying(
                        Line.Bad.class,
                        bad -> assertThat(bad.faults())
                                .extracting(InvalidFaq.Fault::reason)
                                .containsExactly("is longer than an entry can be"));
        assertThat(lines.getLast()).isInstanceOf(Line.Good.class);
    }

    @Test
    void aLineOfCommasAndAFieldOfBarsKeepLittle() {
        var words = IntStream.range(0, 300_000).mapToObj(Integer::toString).collect(Collectors.joining("|"));

        var commas = new CsvRecords(",".repeat(1_000_000)).next();
        var bars = FaqLines.csv("question,answer,similar\nq,a,x|" + words, MOST);

        assertThat(commas.fields()).hasSize(CsvRecords.MAX_FIELDS);
        assertThat(bars.getFirst())
                .isInstanceOfSatisfying(
                        Line.Bad.class,
                        bad -> assertThat(bad.faults())
                                .containsExactly(new InvalidFaq.Fault("similar", "must have at most 200 items")));
    }

    @Test
    void aSimilarQuestionThatStandsThereOftenCountsOnce() {
        var lines = FaqLines.csv("question,answer,similar\nq,a," + "x|".repeat(500) + "y", MOST);

        assertThat(lines.getFirst())
                .isInstanceOfSatisfying(
                        Line.Good.class,
                        line -> assertThat(line.draft().similar()).containsExactly("x", "y"));
    }

    @Test
    void aLineWithManyFaultsNamesSomeOfThem() {
        var line = "{\"question\":\"q\",\"answer\":\"a\",\"similar\":[" + "\"\",".repeat(10_000) + "\"x\"]}";

        assertThat(FaqLines.ndjson(line, MOST).getFirst())
                .isInstanceOfSatisfying(
                        Line.Bad.class, bad -> assertThat(bad.faults()).hasSizeBetween(1, 50));
    }
}
