package io.xiaoer.bot.eval;

import java.util.ArrayList;
import java.util.List;

/// Below which score a question is taken for out of scope, found from training questions alone: each twentieth of them
/// is put to a classifier that learnt the others, and of what that guesses right one in twenty may be lost. Fewer parts
/// would find too low a score: a classifier that has learnt only four fifths is less sure of what it knows.
final class Threshold {

    private static final int FOLDS = 20;
    private static final double LOST = 0.05;

    private Threshold() {}

    static double from(List<Labelled> training, Encoder encoder) throws InterruptedException {
        var right = new ArrayList<Double>();
        for (int fold = 0; fold < FOLDS; fold++) {
            var learnt = new ArrayList<Labelled>();
            var held = new ArrayList<Labelled>();
            for (int i = 0; i < training.size(); i++) {
                (i % FOLDS == fold ? held : learnt).add(training.get(i));
            }
            var classifier = Learnt.from(learnt, encoder);
            for (var question : held) {
                var guess = classifier.guess(question.text());
                if (guess.label().equals(question.label())) {
                    right.add(guess.known());
                }
            }
        }
        right.sort(null);
        return right.get((int) (LOST * right.size()));
    }
}
