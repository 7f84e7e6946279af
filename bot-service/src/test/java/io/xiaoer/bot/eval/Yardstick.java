package io.xiaoer.bot.eval;

import io.xiaoer.bot.understand.vector.PublishedModel;
import io.xiaoer.bot.words.Language;
import java.util.List;

/// How fast this machine is now: the processor time that the Chinese model takes for a question as it was published,
/// by itself. The bar for a question never heard, 1.2 ms, was set where this took .9 ms. One machine takes twice as
/// long as another, and as itself an hour ago; the ratio of two times of one run stays.
final class Yardstick implements AutoCloseable {

    /// What it took where the bar was set, in ms.
    static final double WHERE_THE_BAR_WAS_SET = 0.9;

    private final PublishedModel model = PublishedModel.chinese();
    private final List<Labelled> questions = Sets.own(Language.ZH, Sets.Half.TEST);

    Yardstick() {
        millis();
    }

    /// The mean over the test half of the own Chinese questions, in ms.
    double millis() {
        var cpu = new Cpu();
        questions.forEach(question -> model.state(question.text()));
        return cpu.millis() / questions.size();
    }

    /// What was measured beside the questions in a language.
    static Figure figure(Language beside, double millis) {
        return new Figure(
                "cpu." + beside.tag() + ".yardstick",
                "own questions, Chinese",
                "CPU a question, by the published model",
                Figure.Kind.TIME,
                millis,
                null,
                WHERE_THE_BAR_WAS_SET + " where the bar below was set");
    }

    /// How much longer something takes than the published model, against the bar for it.
    ///
    /// @param figure in ms
    /// @param ratio of it to what the published model took beside it
    static Figure ratio(Figure figure, double bar, double ratio) {
        return new Figure(
                figure.key() + ".ratio",
                figure.set(),
                "the same by the line above it",
                Figure.Kind.RATIO,
                ratio,
                bar / WHERE_THE_BAR_WAS_SET,
                "");
    }

    @Override
    public void close() {
        model.close();
    }
}
