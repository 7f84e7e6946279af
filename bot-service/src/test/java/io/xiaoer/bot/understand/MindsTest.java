package io.xiaoer.bot.understand;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.faq.Bands;
import io.xiaoer.bot.faq.FaqCopy;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// As many minds are kept as fit, and whoever waits for one gets it once it is there.
class MindsTest {

    private static final ShopId ONE = new ShopId("one");
    private static final ShopId TWO = new ShopId("two");
    private static final ShopId THREE = new ShopId("three");

    @Test
    void theShopThatWasAskedLongestAgoMakesWay() {
        var minds = new Minds(2 * mind().size());
        minds.put(ONE, mind());
        minds.put(TWO, mind());
        minds.get(ONE);
        minds.put(THREE, mind());
        assertThat(minds.has(ONE)).isTrue();
        assertThat(minds.has(TWO)).isFalse();
        assertThat(minds.has(THREE)).isTrue();
        assertThat(minds.size()).isEqualTo(2 * mind().size());
        assertThat(minds.rows()).isEqualTo(2 * mind().rows());
    }

    @Test
    void aNewMindTakesThePlaceOfTheOld() {
        var minds = new Minds(10 * mind().size());
        minds.put(ONE, mind());
        var newer = mind();
        minds.put(ONE, newer);
        assertThat(minds.get(ONE)).isSameAs(newer);
        assertThat(minds.size()).isEqualTo(newer.size());
    }

    @Test
    void oneMindIsKeptHoweverLarge() {
        var minds = new Minds(1);
        minds.put(ONE, mind());
        assertThat(minds.get(ONE)).isNotNull();
        minds.put(TWO, mind());
        assertThat(minds.has(ONE)).isFalse();
        assertThat(minds.hasRoom()).isFalse();
    }

    @Test
    void whoWaitsGetsTheMindOnceItIsThere() throws Exception {
        var minds = new Minds(1000);
        var waiting = CompletableFuture.supplyAsync(() -> minds.await(ONE, Duration.ofSeconds(30)));
        minds.put(ONE, Mind.empty());
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(minds.await(TWO, Duration.ofMillis(1))).isNull();
    }

    @Test
    void whatHasLearntNothingYetAnswersLessAtOnceAndFindsAsMuch() throws Exception {
        assertThat(known().bands().high())
                .isGreaterThan(Bands.start(Language.EN).high());
        assertThat(known().bands().low()).isEqualTo(Bands.start(Language.EN).low());
        assertThat(known().trained().bands()).isEqualTo(Bands.start(Language.EN));
    }

    @Test
    void whatWasTrainedTakesThePlaceOfTheMindItWasMadeOf() {
        var minds = new Minds(10 * mind().size());
        var mind = mind();
        var trained = mind();
        minds.put(ONE, mind);

        minds.trained(ONE, mind, trained);
        minds.trained(TWO, mind, trained);

        assertThat(minds.get(ONE)).isSameAs(trained);
        assertThat(minds.has(TWO)).isFalse();
    }

    @Test
    void aNewerMindIsTaughtByWhatWasTrainedAndNotReplaced() {
        var minds = new Minds(10 * mind().size());
        var newer = Mind.of(2, 1, Map.of(Language.EN, known()), false);
        minds.put(ONE, newer);

        minds.trained(ONE, mind(), mind());

        assertThat(minds.get(ONE)).isNotNull().satisfies(mind -> {
            assertThat(mind.faq()).isEqualTo(newer.faq());
            assertThat(mind.number()).isNotEqualTo(newer.number());
            assertThat(mind.trained()).isFalse();
        });
    }

    private static Mind mind() {
        return Mind.of(1, 1, Map.of(Language.EN, known()), true);
    }

    private static Known known() {
        var rows = Rows.of(Language.EN, new FaqCopy(1, List.of()), Map.of(), List.of("hello", "what is the weather"));
        return Known.of(rows, new long[][] {{1, 2, 3}, {3, 2, 1}});
    }
}
