package io.xiaoer.local.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How cards were answered: how long each took, from the moment at which it was to be asked, and which parts it lacked.
public final class Cards {

    static final String PARCELS = "shipments";

    private final long[] nanos;
    private final Map<String, Integer> missing = new TreeMap<>();
    private int answered;

    /// @param most how many are asked
    public Cards(int most) {
        nanos = new long[most];
    }

    /// Notes a card and the parts that were missing in it; [SlowSourceBench#NOTHING] is one that did not come at all.
    synchronized void add(long took, Iterable<String> lacking) {
        nanos[answered++] = took;
        lacking.forEach(part -> missing.merge(part, 1, Integer::sum));
    }

    synchronized int answered() {
        return answered;
    }

    /// Cards that lacked the parcels.
    synchronized int withoutParcels() {
        return missing.getOrDefault(PARCELS, 0);
    }

    /// Whether all parts but the parcels were there, each time.
    synchronized boolean othersAreThere() {
        return missing.keySet().stream().allMatch(PARCELS::equals);
    }

    /// The time within which this part of the cards was answered, in ms.
    synchronized long ms(double part) {
        var sorted = Arrays.copyOf(nanos, answered);
        Arrays.sort(sorted);
        int at = (int) Math.ceil(part * answered) - 1;
        return answered == 0 ? 0 : sorted[Math.max(0, at)] / 1_000_000;
    }

    /// In a line, for people.
    synchronized String told() {
        var lacking = missing.entrySet().stream()
                .map(part -> part.getKey() + " " + part.getValue())
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%d cards, p50 %d ms, p99 %d ms, max %d ms, missing: %s",
                answered,
                ms(0.5),
                ms(0.99),
                ms(1),
                lacking.isEmpty() ? "nothing" : lacking);
    }
}
