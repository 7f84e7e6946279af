package io.xiaoer.bench.scenario;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Round;
import io.xiaoer.bench.report.Result;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.load.Calls;
import io.xiaoer.drills.load.Devices;
import io.xiaoer.drills.load.Gateway;
import io.xiaoer.drills.load.Manner;
import io.xiaoer.drills.load.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Few connections on each of which much is said: 200 shoppers with one device, others each round, 1,000 questions a
/// second, answered by the bot. A shopper may say 60 things a minute unless the shop says otherwise
/// (`limits.user_messages_per_minute`), so the shop says otherwise meanwhile.
final class Rapid implements Scenario {
    private static final Devices ONE = new Devices(1, 0, 0);
    private static final int CONNECTIONS = 200;
    private static final int SECONDS_OF_A_MINUTE = 60;
    /// The most that a shop may allow.
    private static final int MOST_IN_A_MINUTE = 600;
    private static final String SHOP = "/api/v1/shop";
    private static final String LIMITS = "limits";
    private static final String A_MINUTE = "user_messages_per_minute";

    @Override
    public String name() {
        return "rapid";
    }

    @Override
    public String about() {
        return "200 connections, 1,000 questions a second: a shop that lets its shoppers say more than 60 a minute";
    }

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var wishes = stand.wishes();
        var connections = wishes.connections().orElse(CONNECTIONS);
        var rate = wishes.rate().orElse(1_000);
        var length = Duration.ofSeconds(wishes.seconds().orElse(30));
        var warmUp = Duration.ofSeconds(wishes.warmUp().orElse(10));
        var each = mostInAMinute(rate, connections);
        var plan = new Plan(stand.shop(), connections, rate, wishes.seed(), each);
        try (var limit = new Limit(stand, Math.min(2 * each, MOST_IN_A_MINUTE))) {
            var gateway = stand.suite().gateway();
            var words = new Talk.Words.OfTheDemoShop();
            var before = warmUp.isPositive()
                    ? Talk.warmUp(stand, name(), plan, Manner.ASKING, new NettyDial(gateway), words, warmUp)
                    : List.<Breach>of();
            var settings = new LinkedHashMap<String, Object>();
            var judged = new ArrayList<Round>();
            var whole = Ledger.of(before);
            for (var number = 1; number <= wishes.rounds().orElse(3); number++) {
                // Shoppers of its own: nobody runs out of things to say.
                var dial = new NettyDial(gateway);
                try (var talk = Talk.begin(stand, name(), plan, ONE, Manner.ASKING, List.of(dial))) {
                    var window = talk.window(number, rate, length);
                    settings.putAll(Settings.of(stand, rate, length.toSeconds(), warmUp.toSeconds(), talk));
                    var ledger = talk.judge();
                    judged.add(window.judge(ledger.said()));
                    whole = whole.and(ledger);
                }
            }
            settings.put("messages a minute that the shop allows a shopper", limit.most);
            return new Result(name(), about(), settings, judged, whole, Map.of(), true, wishes.mostLate());
        }
    }

    /// What each shopper says.
    ///
    /// @throws IOException if no shop may allow that
    static int mostInAMinute(int rate, int connections) throws IOException {
        var each = Math.ceilDiv(rate * SECONDS_OF_A_MINUTE, connections);
        if (each > MOST_IN_A_MINUTE * 5 / 6) {
            throw new IOException("%d messages a second are too many for %d connections: a shop may allow %d a minute"
                    .formatted(rate, connections, MOST_IN_A_MINUTE));
        }
        return each;
    }

    /// The shop with another limit until this is closed, or the bench is interrupted: then it is as it was.
    private static final class Limit implements AutoCloseable {
        private final Stand stand;
        private final Gateway gateway;
        private final Calls calls;
        private final @Nullable Object before;
        private final int most;
        private final Restoring end;

        Limit(Stand stand, int most) throws IOException, InterruptedException {
            this.stand = stand;
            this.most = most;
            gateway = new Gateway(stand.suite().gateway());
            calls = new Calls(gateway);
            try {
                before = shop(stand.merchant()).getJSONObject(LIMITS).get(A_MINUTE);
            } catch (IOException | InterruptedException | RuntimeException e) {
                gateway.close();
                throw e;
            }
            end = new Restoring("limit-as-it-was", this::restore, this::tell);
            try {
                set(most);
            } catch (IOException | InterruptedException | RuntimeException e) {
                close();
                throw e;
            }
        }

        private JSONObject shop(String merchant) throws IOException {
            return calls.expect("GET", SHOP, merchant, null, "the shop's settings")
                    .data()
                    .getJSONObject("attributes");
        }

        /// Changes nothing else of what the shop has set by now.
        private void set(@Nullable Object limit) throws IOException, InterruptedException {
            var merchant = stand.merchant();
            var settings = shop(merchant);
            if (limit == null) {
                settings.getJSONObject(LIMITS).remove(A_MINUTE);
            } else {
                settings.getJSONObject(LIMITS).put(A_MINUTE, limit);
            }
            calls.expect("PUT", SHOP, merchant, settings, "another limit");
        }

        private void restore() throws IOException, InterruptedException {
            try {
                set(before);
            } finally {
                gateway.close();
            }
        }

        private void tell(Exception failure) {
            System.err.printf(
                    "%s.%s of shop %s stays %d, it was %s: %s%n",
                    LIMITS, A_MINUTE, stand.shop(), most, before, failure);
        }

        @Override
        public void close() {
            end.close();
        }
    }
}
