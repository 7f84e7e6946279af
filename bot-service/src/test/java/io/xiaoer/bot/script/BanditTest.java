package io.xiaoer.bot.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The best is said most, the others seldom, and each with the chance that is told.
class BanditTest {

    @Test
    void oneInTwentyIsLeftToChanceAndTheChanceIsTold() {
        var scripts = List.of(script("a", 100, 40), script("main", 100, 80), script("z", 100, 60));
        var chance = new Random(5);
        var said = new HashMap<String, Integer>();
        for (int i = 0; i < 100_000; i++) {
            var choice = Bandit.choose(scripts, chance);
            said.merge(choice.script().id(), 1, Integer::sum);
            assertThat(choice.propensity()).isEqualTo(Bandit.propensity(choice.script(), scripts));
        }

        scripts.forEach(script -> assertThat(said.getOrDefault(script.id(), 0) / 100_000.0)
                .as(script.id())
                .isCloseTo(Bandit.propensity(script, scripts), within(.005)));
        assertThat(said.getOrDefault("a", 0) + said.getOrDefault("z", 0)).isLessThan(5_000);
        assertThat(scripts.stream()
                        .mapToDouble(script -> Bandit.propensity(script, scripts))
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void whatIsBetterIsFoundAndTheEstimateTellsHowGoodEachIs() {
        var rates = Map.of("a", .9, "main", .5);
        var scripts = List.of(script("a", 0, 0), script("main", 0, 0));
        var chance = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            var now = scripts;
            var choice = Bandit.choose(now, chance);
            boolean solved =
                    chance.nextDouble() < rates.getOrDefault(choice.script().id(), 0.);
            scripts = now.stream()
                    .map(script -> script.id().equals(choice.script().id())
                            ? settled(script, solved, choice.propensity())
                            : script)
                    .toList();
        }

        assertThat(scripts.get(0).shown()).isGreaterThan(18_000);
        assertThat(scripts.get(0).estimate()).isCloseTo(.9, within(.02));
        assertThat(scripts.get(1).estimate()).isCloseTo(.5, within(.1));
        assertThat(scripts.get(1).spread()).isGreaterThan(scripts.get(0).spread());
    }

    private static Script settled(Script script, boolean solved, double propensity) {
        return new Script(
                script.shopId(),
                script.faqId(),
                script.id(),
                script.answer(),
                true,
                script.shown() + 1,
                script.settled() + 1,
                script.solved() + (solved ? 1 : 0),
                script.weight() + 1 / propensity,
                script.weighted() + (solved ? 1 / propensity : 0));
    }

    private static Script script(String id, long settled, long solved) {
        return new Script("1001", "e", id, id, true, settled, settled, solved, settled, solved);
    }
}
