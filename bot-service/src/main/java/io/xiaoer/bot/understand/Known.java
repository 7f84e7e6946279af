package io.xiaoer.bot.understand;

import io.xiaoer.bot.faq.Bands;
import io.xiaoer.bot.faq.FaqCandidate;
import io.xiaoer.bot.understand.learn.Classifier;
import io.xiaoer.bot.understand.learn.Lexical;
import io.xiaoer.bot.understand.vector.Packed;
import io.xiaoer.bot.understand.vector.QuestionVectors;
import io.xiaoer.bot.words.Language;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a shop knows in one language: its texts as vectors, and a classifier over those that are questions. Never
/// changes; any number of threads ask it.
///
/// The score of an entry or dialog is the best cosine of the text with any of its own, a little of the
/// second best, raised by what the classifier says for it and lowered by how near the text is to what no
/// shop serves. Of entries within [#TIE] of the best the one whose words fit best stands first.
final class Known {

    /// How near two scores are that words part.
    static final double TIE = 0.02;

    /// The most examples that the classifier learns from.
    static final int MOST_EXAMPLES = 10_000;

    /// Above so many owners the entries of the FAQ are one label together.
    static final int MOST_LABELS = 200;

    /// How much the second best of an owner's texts counts; it stands a step behind where there is no second.
    private static final double SECOND = 0.2;

    private static final float STEP = 0.1f;

    /// How much of a chance counts for a score.
    private static final double LIKELY = 0.2;

    /// How much of the cosine with what no shop serves, and of its chance, counts against every score.
    private static final double FOREIGN = 0.4;

    private static final double FOREIGN_CHANCE = 0.1;

    /// Equal words alone score above this.
    private static final double HIGHEST = 0.97;

    /// The bytes that a text takes beside its vector, about.
    private static final int ROW = 80;

    private static final int ENTRIES = 10;
    private static final int FLOWS = 5;
    private static final String FAQ = "faq";

    private final Rows rows;
    private final long[][] vectors;
    private final int[] owners;
    private final int examples;
    private final int[] labels;
    private final List<String> labelNames;
    private final @Nullable Classifier classifier;
    private final Lexical lexical;
    private final Bands bands;

    private Known(
            Rows rows,
            long[][] vectors,
            int[] owners,
            int examples,
            int[] labels,
            List<String> labelNames,
            @Nullable Classifier classifier,
            Lexical lexical,
            Bands bands) {
        this.rows = rows;
        this.vectors = vectors;
        this.owners = owners;
        this.examples = examples;
        this.labels = labels;
        this.labelNames = labelNames;
        this.classifier = classifier;
        this.lexical = lexical;
        this.bands = bands;
    }

    /// What is known of texts, untrained.
    ///
    /// @param vectors of each row
    static Known of(Rows rows, long[][] vectors) {
        var names = new LinkedHashMap<String, Integer>();
        boolean pooled = rows.owners().size() > MOST_LABELS;
        var labels = rows.owners().stream()
                .mapToInt(owner -> names.computeIfAbsent(label(owner, pooled), name -> names.size()))
                .toArray();
        int examples = (int) rows.rows().stream()
                .limit(MOST_EXAMPLES)
                .takeWhile(Row::isExample)
                .count();
        var of = new int[examples];
        for (int i = 0; i < examples; i++) {
            of[i] = labels[rows.rows().get(i).owner()];
        }
        var classifier =
                examples == 0 ? null : Classifier.untrained(Arrays.copyOf(vectors, examples), of, names.size());
        var lexical = new Lexical(rows.rows().stream()
                .filter(row -> rows.owners().get(row.owner()) instanceof Owner.Entry)
                .map(Row::text)
                .toList());
        return new Known(
                rows,
                vectors,
                rows.rows().stream().mapToInt(Row::owner).toArray(),
                examples,
                labels,
                List.copyOf(names.keySet()),
                classifier,
                lexical,
                Calibration.untrained(rows.language()));
    }

    private static String label(Owner owner, boolean pooled) {
        return pooled && owner instanceof Owner.Entry ? FAQ : owner.label();
    }

    /// The same with a trained classifier and bands of its own.
    ///
    /// @throws InterruptedException if the thread is interrupted meanwhile
    Known trained() throws InterruptedException {
        if (classifier == null) {
            return this;
        }
        var untrained = classifier.untrained();
        return with(classifier.trained(), Calibration.bands(rows, examples, each -> leftOut(each, untrained)));
    }

    /// The same with what another state has learnt of the labels that both know.
    Known taughtBy(@Nullable Known other) {
        if (classifier == null || other == null || other.classifier == null) {
            return this;
        }
        var places = new HashMap<String, Integer>();
        for (String name : other.labelNames) {
            places.put(name, places.size());
        }
        int[] from = labelNames.stream()
                .mapToInt(name -> places.getOrDefault(name, -1))
                .toArray();
        boolean strange = Arrays.stream(from).allMatch(place -> place < 0);
        return strange ? this : with(classifier.taughtBy(other.classifier, from), other.bands);
    }

    private Known with(Classifier other, Bands own) {
        return new Known(rows, vectors, owners, examples, labels, labelNames, other, lexical, own);
    }

    /// The vectors by what they are of.
    void remember(Map<QuestionVectors.Key, long[]> known) {
        for (int i = 0; i < vectors.length; i++) {
            known.put(rows.rows().get(i).key(), vectors[i]);
        }
    }

    /// What a text may mean.
    Meaning meaning(String text, long[] vector) {
        if (classifier == null) {
            return new Meaning(List.of(), List.of(), 0, bands);
        }
        long[] turned = Packed.turned(vector);
        float[] cosines = Packed.cosines(turned, vectors);
        int[] best = best(cosines);
        var guess = classifier.guess(turned, cosines);
        double[] scores = scores(cosines, best, guess);
        var entries = new ArrayList<FaqCandidate>();
        var flows = new ArrayList<Meaning.FlowScore>();
        for (int owner = 0; owner < scores.length; owner++) {
            if (best[owner] >= 0) {
                add(owner, scores[owner], rows.rows().get(best[owner]), entries, flows);
            }
        }
        entries.sort(Comparator.comparingDouble(FaqCandidate::score).reversed());
        flows.sort(Comparator.comparingDouble(Meaning.FlowScore::score).reversed());
        return new Meaning(
                flows.stream().limit(FLOWS).toList(),
                partedByWords(text, entries.subList(0, Math.min(ENTRIES, entries.size()))),
                guess.known(),
                bands);
    }

    private void add(int owner, double score, Row row, List<FaqCandidate> entries, List<Meaning.FlowScore> flows) {
        switch (rows.owners().get(owner)) {
            case Owner.Entry(var entry) -> {
                var match = new FaqCandidate.Match(FaqCandidate.How.SIMILAR, row.field(), row.text());
                entries.add(new FaqCandidate(entry, score, match));
            }
            case Owner.Flow(var name, var label) -> flows.add(new Meaning.FlowScore(name, label, score));
            case Owner.Nobody _ -> {}
        }
    }

    /// The score of each owner; what no shop serves has none.
    ///
    /// @param best row of each owner
    private double[] scores(float[] cosines, int[] best, Classifier.Guess guess) {
        double against = base(rows.language());
        for (int owner = 0; owner < best.length; owner++) {
            if (rows.owners().get(owner) instanceof Owner.Nobody && best[owner] >= 0) {
                against -= FOREIGN * Math.max(0, cosines[best[owner]]);
                against -= FOREIGN_CHANCE * guess.chances()[labels[owner]];
            }
        }
        float[] second = second(cosines, best);
        var scores = new double[best.length];
        for (int owner = 0; owner < best.length; owner++) {
            if (best[owner] >= 0 && !(rows.owners().get(owner) instanceof Owner.Nobody)) {
                double cosine = (1 - SECOND) * cosines[best[owner]] + SECOND * second[owner];
                double score = cosine + LIKELY * guess.chances()[labels[owner]] + against;
                scores[owner] = Math.clamp(score, 0, HIGHEST);
            }
        }
        return scores;
    }

    /// What brings scores to where every shop's bands start; cosines are higher in English.
    private static double base(Language language) {
        return switch (language) {
            case ZH -> 0.09;
            case EN -> 0.13;
        };
    }

    /// What an example would have got, had it not been there. Its chances are those of its neighbours alone.
    private LeftOut leftOut(int example, Classifier untrained) {
        long[] turned = Packed.turned(vectors[example]);
        float[] cosines = Packed.cosines(turned, vectors);
        cosines[example] = -1;
        double[] scores = scores(cosines, best(cosines), untrained.guess(turned, cosines));
        int highest = 0;
        for (int owner = 1; owner < scores.length; owner++) {
            highest = scores[owner] > scores[highest] ? owner : highest;
        }
        return new LeftOut(scores[highest], rows.rows().get(example).owner(), highest);
    }

    /// An example that was asked.
    ///
    /// @param owner whose it is
    /// @param found who was found
    record LeftOut(double score, int owner, int found) {}

    /// The best row of each owner, -1 where there is none.
    private int[] best(float[] cosines) {
        var best = new int[rows.owners().size()];
        Arrays.fill(best, -1);
        for (int i = 0; i < cosines.length; i++) {
            int owner = owners[i];
            if (best[owner] < 0 || cosines[i] > cosines[best[owner]]) {
                best[owner] = i;
            }
        }
        return best;
    }

    /// The second best cosine of each owner.
    private float[] second(float[] cosines, int[] best) {
        var second = new float[best.length];
        Arrays.fill(second, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < cosines.length; i++) {
            int owner = owners[i];
            if (i != best[owner]) {
                second[owner] = Math.max(second[owner], cosines[i]);
            }
        }
        for (int owner = 0; owner < best.length; owner++) {
            if (best[owner] >= 0 && second[owner] == Float.NEGATIVE_INFINITY) {
                second[owner] = cosines[best[owner]] - STEP;
            }
        }
        return second;
    }

    /// Sorts those that are about as good as the best by their words; scores stay where they stood.
    private List<FaqCandidate> partedByWords(String text, List<FaqCandidate> sorted) {
        if (sorted.size() < 2 || sorted.get(1).score() < sorted.getFirst().score() - TIE) {
            return sorted;
        }
        double least = sorted.getFirst().score() - TIE;
        var parted = new ArrayList<FaqCandidate>(sorted);
        int tied =
                (int) sorted.stream().takeWhile(each -> each.score() >= least).count();
        parted.subList(0, tied)
                .sort(Comparator.comparingDouble((FaqCandidate each) -> lexical.score(text, words(each)))
                        .reversed());
        for (int i = 0; i < tied; i++) {
            var each = parted.get(i);
            parted.set(i, new FaqCandidate(each.entry(), sorted.get(i).score(), each.match()));
        }
        return parted;
    }

    private static String words(FaqCandidate candidate) {
        return candidate.match().field() == FaqCandidate.Field.ANSWER
                ? candidate.entry().question() + '\n' + candidate.match().text()
                : candidate.match().text();
    }

    /// What stands for all that the classifier learns from: equal digests, equal classifiers.
    String digest() {
        var text = new StringBuilder();
        for (int i = 0; i < examples; i++) {
            var row = rows.rows().get(i);
            text.append(labelNames.get(labels[row.owner()]))
                    .append('\t')
                    .append(row.key().text())
                    .append('\n');
        }
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The bytes that it takes, about.
    long size() {
        return Packed.size(vectors) + (long) ROW * vectors.length + (classifier == null ? 0 : classifier.size());
    }

    /// How many texts it compares with.
    int rows() {
        return vectors.length;
    }

    /// The scores that it judges by.
    Bands bands() {
        return bands;
    }
}
