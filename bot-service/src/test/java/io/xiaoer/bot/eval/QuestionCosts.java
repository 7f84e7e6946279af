package io.xiaoer.bot.eval;

import io.xiaoer.bot.understand.vector.SentenceModels;
import io.xiaoer.bot.words.Language;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a question costs, in processor time of the thread that asks: the mean over the test half of the own questions,
/// each asked by itself. Asked in several rounds, each with a bot that has heard none of them yet, in code that has run
/// for a while as a service's has; the median of the rounds counts.
final class QuestionCosts implements AutoCloseable {

    /// The bar for a question never heard, in ms.
    private static final double COLD = 1.2;

    /// The bar for one that was heard before, in ms.
    private static final double AGAIN = 0.05;

    private static final int ROUNDS = 5;

    /// So often are the questions of a round asked once more; the best time counts.
    private static final int TIMES = 9;

    private final SentenceModels models = SentenceModels.open();
    private final Yardstick yardstick = new Yardstick();
    private final Map<Language, List<Round>> rounds = new EnumMap<>(Language.class);

    private QuestionCosts() {}

    /// What was measured in one round, in ms.
    private record Round(double published, double cold, double again) {}

    static List<Figure> figures() throws InterruptedException {
        try (var costs = new QuestionCosts()) {
            for (int round = 0; round < ROUNDS; round++) {
                costs.ask();
            }
            var figures = new ArrayList<Figure>();
            costs.rounds.forEach((language, rounds) -> figures.addAll(figures(language, rounds)));
            return figures;
        }
    }

    private void ask() throws InterruptedException {
        try (var shop = DemoShop.open()) {
            for (Language language : Language.values()) {
                Sets.own(language, Sets.Half.CALIBRATION).forEach(question -> shop.ask(question.text(), language));
                var questions = Sets.own(language, Sets.Half.TEST);
                double before = yardstick.millis();
                double cold = asked(shop, language, questions);
                double published = (before + yardstick.millis()) / 2;
                double again = asked(shop, language, questions);
                for (int time = 1; time < TIMES; time++) {
                    again = Math.min(again, asked(shop, language, questions));
                }
                rounds.computeIfAbsent(language, each -> new ArrayList<>()).add(new Round(published, cold, again));
            }
        }
    }

    private static double asked(DemoShop shop, Language language, List<Labelled> questions) {
        var cpu = new Cpu();
        questions.forEach(question -> shop.ask(question.text(), language));
        return cpu.millis() / questions.size();
    }

    private static List<Figure> figures(Language language, List<Round> rounds) {
        var cold = cost(language, "cold", COLD, median(rounds.stream().map(Round::cold)));
        double ratio = median(rounds.stream().map(round -> round.cold() / round.published()));
        return List.of(
                Yardstick.figure(language, median(rounds.stream().map(Round::published))),
                cold,
                Yardstick.ratio(cold, COLD, ratio),
                cost(language, "again", AGAIN, median(rounds.stream().map(Round::again))));
    }

    private static double median(Stream<Double> values) {
        var sorted = values.sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static Figure cost(Language language, String when, double bar, double millis) {
        return new Figure(
                "cpu." + language.tag() + '.' + when,
                "own questions, " + (language == Language.ZH ? "Chinese" : "English"),
                "CPU a question, " + (when.equals("cold") ? "words never heard" : "words heard before"),
                Figure.Kind.TIME,
                millis,
                bar,
                "");
    }

    @Override
    public void close() {
        yardstick.close();
        models.close();
    }
}
