package io.xiaoer.bench.measure;

import io.xiaoer.drills.ledger.Said;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One contender's turn: what was said in it, how long it took and what it cost until the last of it was answered.
///
/// @param seconds for how long things were said
/// @param perSecond so much was to be said in each; 0 if less of it voids nothing
/// @param said    all of it, by when it was to be said
/// @param acks from when something was to be said until it was acknowledged
/// @param answers until the first of the shopper's devices showed the answer
/// @param cpu microseconds of processor time, by process
/// @param pss kilobytes at the end, by process
public record Round(
        String contender,
        int number,
        double seconds,
        int perSecond,
        List<Said> said,
        Latencies acks,
        Latencies answers,
        Map<String, Long> cpu,
        Map<String, Long> pss,
        Lateness.Seen lateness) {
    /// Of what was to be said.
    private static final double LEAST_SAID = 0.99;
    /// A turn that is due at the very begin or end may fall on its other side.
    private static final int AT_THE_EDGES = 2;

    /// What was said in a window of time, and what it cost from its begin to the moment at which all was quiet again.
    ///
    /// @param from microseconds of the load's time
    /// @param to   the same, not counted in
    /// @param perSecond so much was to be said; 0 if less of it voids nothing
    public record Window(
            String contender,
            int number,
            long from,
            long to,
            int perSecond,
            Usage before,
            Usage after,
            Lateness.Seen lateness) {

        /// One that counts however little was said in it.
        public Window(
                String contender, int number, long from, long to, Usage before, Usage after, Lateness.Seen lateness) {
            this(contender, number, from, to, 0, before, after, lateness);
        }

        /// @param all everything that was said, in this window and in others
        public Round judge(List<Said> all) {
            var own = all.stream()
                    .filter(said -> said.due() >= from && said.due() < to)
                    .sorted(Comparator.comparingLong(Said::due))
                    .toList();
            var acks = new Latencies();
            var answers = new Latencies();
            for (Said said : own) {
                if (said.isAcknowledged()) {
                    acks.add(said.acknowledgedAt() - said.due());
                }
                if (said.isAnswered()) {
                    answers.add(said.answeredAt() - said.due());
                }
            }
            var pss = new LinkedHashMap<String, Long>();
            after.processes().forEach((name, process) -> pss.put(name, process.pss()));
            return new Round(
                    contender,
                    number,
                    (to - from) / 1e6,
                    perSecond,
                    own,
                    acks,
                    answers,
                    after.cpuSince(before),
                    pss,
                    lateness);
        }
    }

    /// Whether the generator was too late, too little was said, or a process was started anew, of which
    /// nobody knows what it cost, for the round to mean anything.
    public boolean isVoid(double mostMs) {
        return lateness.p999() > mostMs
                || said.isEmpty()
                || saysTooLittle()
                || !startedAnew().isEmpty();
    }

    private List<String> startedAnew() {
        return pss.keySet().stream().filter(name -> !cpu.containsKey(name)).toList();
    }

    /// Why the round is void, if it is.
    public String whyVoid(double mostMs) {
        if (lateness.p999() > mostMs) {
            return String.format(Locale.ROOT, "the generator was %.1f ms late", lateness.p999());
        }
        return !startedAnew().isEmpty()
                ? String.join(", ", startedAnew()) + " was started anew"
                : String.format(Locale.ROOT, "%d of %.0f messages were said", said.size(), perSecond * seconds);
    }

    private boolean saysTooLittle() {
        return said.size() + AT_THE_EDGES < LEAST_SAID * perSecond * seconds;
    }

    public double rate() {
        return said.size() / seconds;
    }

    /// Microseconds of a process for each message that was said.
    public double cpuPerMessage(String process) {
        return cpu.getOrDefault(process, 0L) / (double) Math.max(1, said.size());
    }

    /// The same of all processes of the suite together, those of the servers they need included.
    public double suiteCpuPerMessage() {
        return cpu.entrySet().stream()
                        .filter(each -> !each.getKey().equals(Usage.GENERATOR))
                        .mapToLong(Map.Entry::getValue)
                        .sum()
                / (double) Math.max(1, said.size());
    }

    /// Kilobytes of all processes of the suite together.
    public long suitePss() {
        return pss.entrySet().stream()
                .filter(each -> !each.getKey().equals(Usage.GENERATOR))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
