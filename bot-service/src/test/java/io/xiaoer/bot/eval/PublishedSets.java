package io.xiaoer.bot.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Measures with what others have measured with.
final class PublishedSets {

    private static final int SHOTS = 10;
    private static final int DRAWS = 3;

    private final Encoder encoder;

    PublishedSets(Encoder encoder) {
        this.encoder = encoder;
    }

    /// BANKING77, learnt from all its training questions, and how long that takes once their vectors are there.
    List<Figure> bankingFull() throws InterruptedException {
        var training = Sets.bankingTraining();
        training.forEach(question -> encoder.of(question.text()));
        var cpu = new Cpu();
        var learnt = Learnt.from(training, encoder);
        double taken = cpu.millis();
        double accuracy = inScope(learnt, Sets.bankingTest());
        return List.of(
                new Figure(
                        "banking77.full",
                        "BANKING77, all training questions",
                        "accuracy",
                        Figure.Kind.HIGH,
                        accuracy,
                        94.0,
                        "BERT tuned 93.66, USE+ConveRT 93.36"),
                new Figure(
                        "banking77.training",
                        "BANKING77, all training questions",
                        "CPU to train on 10,003 vectors",
                        Figure.Kind.TIME,
                        taken,
                        null,
                        ""));
    }

    /// BANKING77, learnt from ten questions a label: the mean of draws by the seeds 1, 2 and 3.
    Figure bankingTenEach() throws InterruptedException {
        double sum = 0;
        for (long seed = 1; seed <= DRAWS; seed++) {
            var learnt = Learnt.from(Sets.someOfEach(Sets.bankingTraining(), SHOTS, seed), encoder);
            sum += inScope(learnt, Sets.bankingTest());
        }
        return new Figure(
                "banking77.ten",
                "BANKING77, 10 a label",
                "accuracy, mean of 3 draws",
                Figure.Kind.HIGH,
                sum / DRAWS,
                87.5,
                "CPFT 87.20, ICDA 89.79");
    }

    /// A bot of HINT3.
    ///
    /// @param bar of the accuracy in scope
    /// @param published of the accuracy in scope
    List<Figure> hint(String bot, double bar, String published, String publishedMcc) throws InterruptedException {
        var training = Sets.hintTraining(bot.toLowerCase(Locale.ROOT));
        var test = Sets.hintTest(bot.toLowerCase(Locale.ROOT));
        var learnt = Learnt.from(training, encoder);
        double threshold = Threshold.from(training, encoder);
        var rejecting = new Guesses();
        for (var question : test) {
            var guess = learnt.guess(question.text());
            rejecting.add(question.label(), guess.known() < threshold ? Sets.OUT_OF_SCOPE : guess.label());
        }
        var figures = new ArrayList<Figure>();
        String key = bot.toLowerCase(Locale.ROOT);
        figures.add(new Figure(
                key + ".in_scope",
                "HINT3 " + bot,
                "accuracy in scope",
                Figure.Kind.HIGH,
                inScope(
                        learnt,
                        test.stream()
                                .filter(question -> !question.label().equals(Sets.OUT_OF_SCOPE))
                                .toList()),
                bar,
                published));
        figures.add(new Figure(
                key + ".mcc",
                "HINT3 " + bot,
                "MCC × 100, threshold from training",
                Figure.Kind.HIGH,
                100 * rejecting.mcc(),
                65.0,
                publishedMcc));
        return figures;
    }

    private static double inScope(Learnt learnt, List<Labelled> test) {
        var guesses = new Guesses();
        test.forEach(question ->
                guesses.add(question.label(), learnt.guess(question.text()).label()));
        return guesses.accuracy();
    }
}
