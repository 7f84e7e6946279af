package io.xiaoer.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private static final int EACH = 150;

    @Test
    void ofAHundredQuestionsAShareIsInWordsOfOthersAndNobodySaysAnythingTwice() throws Exception {
        var repeats = Repeats.ofTheDemoShop();
        var said = new ArrayList<String>();
        var speech = repeats.of("a", new SplittableRandom(7));

        repeats.share(70);
        for (var n = 0; n < EACH; n++) {
            said.add(speech.next());
        }

        assertThat(said).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(said.stream().filter(repeats::isRepeated).count()).isBetween(80L, 130L);
    }

    @Test
    void noWordsThatAreAskedStandInTheFaq() throws Exception {
        var faqs = Questions.faqs();
        var repeats = Repeats.ofTheDemoShop();
        var speech = repeats.of("a", new SplittableRandom(7));

        for (var n = 0; n < EACH; n++) {
            assertThat(faqs).doesNotContain(String.valueOf(speech.next()));
        }
    }

    @Test
    void whatEverybodyUsesIsTaughtOnceByWhoeverHasNotSaidIt() throws Exception {
        var repeats = Repeats.ofTheDemoShop();
        var speeches = List.of(
                repeats.of("a", new SplittableRandom(1)),
                repeats.of("b", new SplittableRandom(2)),
                repeats.of("c", new SplittableRandom(3)));
        var all = new ArrayList<String>();
        for (var lesson = 0; lesson < 2; lesson++) {
            repeats.teach();
            var taught = new ArrayList<String>();
            for (var n = 0; n < 3 * repeats.repeated(); n++) {
                var text = speeches.get(n % 3).next();
                if (text != null) {
                    taught.add(n % 3 + text);
                }
            }
            assertThat(taught).hasSize(repeats.repeated());
            assertThat(repeats.untaught()).isZero();
            all.addAll(taught);
        }
        repeats.share(100);
        for (var n = 0; n < 3; n++) {
            all.add(n + String.valueOf(speeches.get(n).next()));
        }

        assertThat(all).doesNotHaveDuplicates().allMatch(text -> repeats.isRepeated(text.substring(1)));
    }

    @Test
    void nobodyElseUsesTheWordsThatAreNew() throws Exception {
        var repeats = Repeats.ofTheDemoShop();
        repeats.share(0);
        var said = new ArrayList<String>();

        for (var seed : List.of(1, 2, 3)) {
            var speech = repeats.of("s" + seed, new SplittableRandom(seed));
            for (var n = 0; n < EACH; n++) {
                said.add(speech.next());
            }
        }

        assertThat(said).doesNotHaveDuplicates().noneMatch(repeats::isRepeated);
    }
}
