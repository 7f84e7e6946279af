package io.xiaoer.bench.scenario;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a load ran with, for whoever runs it again.
final class Settings {
    /// Of 100 things so many are questions of the FAQ.
    static final String OF_FAQ = "of the FAQ, %";

    private Settings() {}

    static Map<String, Object> of(Stand stand, int perSecond, long seconds, long warmUp, Talk... talks) {
        var turns = new Turns(perSecond, Duration.ofSeconds(seconds), 0, Duration.ofSeconds(warmUp));
        return of(stand, turns, talks);
    }

    static Map<String, Object> of(Stand stand, Turns turns, Talk... talks) {
        var shoppers = 0;
        var connections = 0;
        for (Talk talk : talks) {
            shoppers += talk.fleet().names().size();
            connections += talk.fleet().connections();
        }
        var settings = of(turns, "messages a second", shoppers, connections);
        settings.put(OF_FAQ, stand.wishes().ofFaq());
        settings.put("seed", stand.wishes().seed());
        return settings;
    }

    /// @param rate what the rate is one of
    /// @param connections that stay open; 0 if none does
    static Map<String, Object> of(Turns turns, String rate, int shoppers, int connections) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("loop", "open, latency from the intended time");
        settings.put(rate, turns.perSecond());
        settings.put("shoppers", shoppers);
        if (connections > 0) {
            settings.put("connections", connections);
        }
        settings.put("seconds a round", turns.length().toSeconds());
        settings.put("warm-up, s", turns.warmUp().toSeconds());
        return settings;
    }
}
