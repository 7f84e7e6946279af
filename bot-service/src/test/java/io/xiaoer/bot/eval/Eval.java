package io.xiaoer.bot.eval;

import io.xiaoer.bot.words.Language;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// `./xiaoer eval`: measures everything and prints it. Ends with 1 if a bar is missed. Times, which are longer on a
/// busy machine, it tells only; of what a question costs it judges by the [Yardstick].
final class Eval {

    private static final String JSON = "--json";
    private static final String MISSES = "--misses";
    private static final String CPU = "--cpu";

    private Eval() {}

    public static void main(String[] words) throws InterruptedException {
        var asked = Set.copyOf(Arrays.asList(words));
        if (!Set.of(JSON, MISSES, CPU).containsAll(asked)) {
            System.err.println("Usage: ./xiaoer eval [--json | --misses | --cpu]");
            System.exit(2);
        }
        System.exit(asked.contains(CPU) ? cpu() : asked.contains(MISSES) ? misses() : figures(asked.contains(JSON)));
    }

    private static int figures(boolean json) throws InterruptedException {
        var figures = new ArrayList<Figure>();
        try (var shop = DemoShop.open()) {
            figures.addAll(QuestionCosts.figures());
            figures.add(DialogTurns.cost(shop));
            figures.addAll(own(shop));
        }
        try (var encoder = new Encoder()) {
            figures.addAll(published(new PublishedSets(encoder)));
        }
        System.out.println(json ? Report.json(figures) : Report.table(figures));
        return figures.stream()
                        .filter(figure -> figure.kind() != Figure.Kind.TIME)
                        .allMatch(Figure::holds)
                ? 0
                : 1;
    }

    /// What a question costs, alone: seconds instead of minutes.
    private static int cpu() throws InterruptedException {
        try (var shop = DemoShop.open()) {
            var figures = new ArrayList<>(QuestionCosts.figures());
            figures.add(DialogTurns.cost(shop));
            System.out.println(Report.table(figures));
        }
        return 0;
    }

    /// What the calibration half did not get; the other half is not looked at.
    private static int misses() throws InterruptedException {
        try (var shop = DemoShop.open()) {
            for (var language : Language.values()) {
                new OwnSet(shop).score(language, Sets.Half.CALIBRATION).misses().forEach(System.out::println);
            }
        }
        return 0;
    }

    /// The figures of the own questions.
    static List<Figure> own(DemoShop shop) {
        var set = new OwnSet(shop);
        return Arrays.stream(Language.values())
                .flatMap(language -> set.figures(language).stream())
                .toList();
    }

    /// The figures of the published sets.
    static List<Figure> published(PublishedSets sets) throws InterruptedException {
        var figures = new ArrayList<Figure>();
        figures.addAll(sets.hint(
                "SOFMattress", 80.0, "Rasa 69.3, Dialogflow 73.2, BERT 73.6", "63.8, threshold from the test set"));
        figures.addAll(sets.hint(
                "Curekart", 86.0, "Rasa 84.1, Dialogflow 75.0, BERT 83.6", "60.3, threshold from the test set"));
        figures.add(sets.bankingTenEach());
        figures.addAll(sets.bankingFull());
        return figures;
    }
}
