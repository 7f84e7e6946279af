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
