package io.xiaoer.bot.eval;

import io.xiaoer.bot.understand.learn.Classifier;
import java.util.List;

/// A classifier and the labels that it tells apart.
final class Learnt {

    private final Classifier classifier;
    private final List<String> labels;
    private final Encoder encoder;

    private Learnt(Classifier classifier, List<String> labels, Encoder encoder) {
        this.classifier = classifier;
        this.labels = labels;
        this.encoder = encoder;
    }

    static Learnt from(List<Labelled> examples, Encoder encoder) throws InterruptedException {
        var labels = examples.stream().map(Labelled::label).distinct().toList();
        var vectors =
                examples.stream().map(example -> encoder.of(example.text())).toArray(long[][]::new);
        var numbers = examples.stream()
                .mapToInt(example -> labels.indexOf(example.label()))
                .toArray();
        return new Learnt(Classifier.train(vectors, numbers, labels.size()), labels, encoder);
    }

    /// What a text is held for.
    ///
    /// @param known how sure it is that it is any of the labels
    record Guess(String label, double known) {}

    Guess guess(String text) {
        var guess = classifier.guess(encoder.of(text));
        return new Guess(labels.get(guess.label()), guess.known());
    }
}
