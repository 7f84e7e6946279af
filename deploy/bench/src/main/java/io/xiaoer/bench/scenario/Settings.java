package io.xiaoer.bench.scenario;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a load ran with, for whoever runs it again.
final class Settings {
    /// Of 100 things so many are questions of the FAQ.
    static final String OF_FAQ = "of the FAQ, %";

    private Settings() {}

    static Map<String, Object> of(Stand stand, int perSecond, long seconds, long warmUp, Talk... talks) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("loop", "open, latency from the intended time");
        settings.put("messages a second", perSecond);
        var shoppers = 0;
        var connections = 0;
        for (Talk talk : talks) {
            shoppers += talk.fleet().names().size();
            connections += talk.fleet().connections();
        }
        settings.put("shoppers", shoppers);
        settings.put("connections", connections);
        settings.put("seconds a round", seconds);
        settings.put("warm-up, s", warmUp);
        settings.put(OF_FAQ, stand.wishes().ofFaq());
        settings.put("seed", stand.wishes().seed());
        return settings;
    }
}
