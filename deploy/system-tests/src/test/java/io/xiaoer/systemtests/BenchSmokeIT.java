package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.bench.Bench;
import io.xiaoer.drills.suite.DrilledSuite;
import io.xiaoer.local.data.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The load bench against the suite that the other tests use: a few seconds, for its ledger and its files. How fast it
/// went depends on the machine and is nothing to test.
class BenchSmokeIT {

    private final Suite suite = Suite.get();

    @TempDir
    private Path to;

    @Test
    void aShortLoadLosesNothingAndLeavesItsReports() throws Exception {
        var words = List.of("smoke", "--data", Suite.data().toString(), "--to", to.toString());
        assertThat(suite.gateway()).isNotNull();

        var result = Bench.measure(words);

        var ledger = result.ledger();
        assertThat(ledger.breaches()).isEmpty();
        assertThat(ledger.said()).hasSizeGreaterThan(20);
        assertThat(ledger.acknowledged()).isEqualTo(ledger.said().size());
        assertThat(ledger.answered()).isEqualTo(ledger.said().size());
        assertThat(ledger.outcomes()).containsOnlyKeys("bot");
        var json = JSON.parseObject(Files.readString(to.resolve("smoke.json")));
        assertThat(json.getJSONObject("ledger").getBooleanValue("in_order")).isTrue();
        assertThat(json.getJSONArray("rounds")).hasSize(1);
        assertThat(Files.readString(to.resolve("smoke.html"))).contains("Nothing lost", "</html>");
        var merchant = new Rest(suite.gateway(), suite.merchant(Made.SHOP));
        assertThat(merchant.get("/api/v1/faqs/drill-99").status())
                .as("what the shop was taught for it is gone")
                .isEqualTo(404);
    }

    @Test
    void theAppendIsComparedWithAPlainSetAndNothingStays() throws Exception {
        var words = List.of("redis", "--rounds", "1", "--data", Suite.data().toString(), "--to", to.toString());
        assertThat(suite.gateway()).isNotNull();

        var result = Bench.measure(words);

        assertThat(result.ledger().breaches()).isEmpty();
        assertThat(result.ledger().outcomes().get("appended"))
                .isPositive()
                .isEqualTo(result.ledger().outcomes().get("set"));
        assertThat(JSON.parseObject(Files.readString(to.resolve("redis.json"))).getJSONObject("figures"))
                .containsKey("append / SET, time a call");
        var drilled = new DrilledSuite(new DataDirectory(Suite.data()));
        try (var redis = drilled.redis()) {
            assertThat(redis.command("EVAL", "return #redis.call('KEYS', '*{bench:u.bench-*')", "0"))
                    .as("keys that it left behind")
                    .isEqualTo("0");
        }
    }
}
