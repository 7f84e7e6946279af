package io.xiaoer.bot.script;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// The scripts that compete, in memory, read anew every few seconds with their counts. While the database is away the
/// last ones stay.
@Component
class ScriptCopies {

    /// The most scripts of an instance; those of the last shops are left out beyond.
    private static final int MOST = 50_000;

    private static final Logger LOGGER = LoggerFactory.getLogger(ScriptCopies.class);

    private final ScriptStore store;
    private volatile Map<Entry, List<Script>> known = Map.of();

    ScriptCopies(ScriptStore store) {
        this.store = store;
    }

    private record Entry(String shop, String faqId) {}

    /// The scripts that compete for an entry, its own answer among them; empty if there is no competition.
    List<Script> of(String shop, String faqId) {
        return known.getOrDefault(new Entry(shop, faqId), List.of());
    }

    /// Reads the scripts anew. One caller at a time, or what was read before a change takes the place of what was read
    /// behind it.
    @Scheduled(fixedDelayString = "${xiaoer.bot.scripts-refresh:PT5S}")
    synchronized void refresh() {
        try {
            var read = store.all(MOST).stream()
                    .filter(Script::approved)
                    .collect(Collectors.groupingBy(script -> new Entry(script.shopId(), script.faqId())));
            var competing = new HashMap<Entry, List<Script>>();
            read.forEach((entry, scripts) -> {
                if (scripts.size() > 1 && scripts.stream().anyMatch(Script::isMain)) {
                    competing.put(entry, List.copyOf(scripts));
                }
            });
            known = Map.copyOf(competing);
        } catch (DataAccessException e) {
            LOGGER.atDebug().setCause(e).log("Scripts are read later");
        }
    }
}
