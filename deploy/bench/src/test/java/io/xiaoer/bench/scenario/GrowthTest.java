package io.xiaoer.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.bench.load.Questions;
import io.xiaoer.bench.measure.Lateness;
import io.xiaoer.bench.measure.Round.Window;
import io.xiaoer.bench.measure.Usage;
import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.load.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private static final Usage NOTHING = new Usage(Map.of());

    @Test
    void whoHasALongHistoryHasTenTimesTheMessagesOfWhoIsNew() {
        var turns = new Turns(30, Duration.ofSeconds(8), 3, Duration.ZERO);
        var plan = Plan.of("1001", 30, 1);

        var fresh = depth(plan.shoppers(), plan.shoppers(), 30 * 8);
        var old = depth(plan.shoppers(), Growth.history(turns, plan), 30 * 8);

        assertThat(fresh).isEqualTo(6);
        assertThat(old).isBetween(10 * fresh, 11 * fresh);
    }

    /// The mean over so many, who said so much before a window and so much in it.
    private static double depth(int shoppers, int before, int within) {
        var said = new ArrayList<Said>();
        for (var n = 0; n < before + within; n++) {
            said.add(new Said("c" + n, "text", n));
        }
        var window = new Window("any", 1, before, before + within, NOTHING, NOTHING, new Lateness.Seen(0, 0));
        return Growth.depth(said, window, shoppers);
    }

    @Test
    void aLongFaqHasTenTimesTheEntriesAndSaysNothingTwice() throws Exception {
        var demo = Questions.entriesOfTheDemoShop();
        var more = LongFaq.entries(9 * demo);

        assertThat(more).hasSize(9 * demo).doesNotHaveDuplicates();
        assertThat(more).extracting(entry -> entry.getString("id")).doesNotHaveDuplicates();
        assertThat(more.stream().flatMap(entry -> ways(entry).stream())).doesNotHaveDuplicates();
    }

    private static List<String> ways(JSONObject entry) {
        var ways = new ArrayList<>(entry.getJSONArray("similar").toJavaList(String.class));
        ways.add(entry.getString("question"));
        return ways;
    }
}
