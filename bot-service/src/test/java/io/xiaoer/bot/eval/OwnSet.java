package io.xiaoer.bot.eval;

import io.xiaoer.bot.words.Language;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Measures with the own questions to the demo shop.
final class OwnSet {

    private final DemoShop shop;

    OwnSet(DemoShop shop) {
        this.shop = shop;
    }

    OwnScore score(Language language, Sets.Half half) {
        var score = new OwnScore();
        Sets.own(language, half).stream()
                .filter(question -> !shop.wasTold(question.text()))
                .forEach(question -> score.add(question, shop.ask(question.text(), language)));
        return score;
    }

    List<Figure> figures(Language language) {
        var score = score(language, Sets.Half.TEST);
        return List.of(
                figure(language, "right", Figure.Kind.HIGH, score.right(), 92.0, "right, at once or as a button"),
                figure(language, "at_once", Figure.Kind.HIGH, score.rightAtOnce(), null, "right at once"),
                figure(language, "wrong", Figure.Kind.LOW, score.wrongWithConfidence(), 2.0, "wrong with confidence"),
                figure(
                        language,
                        "unsupported",
                        Figure.Kind.HIGH,
                        score.unsupportedNotAnswered(),
                        85.0,
                        "unsupported recognised: not answered"),
                figure(
                        language,
                        "unsupported_no_buttons",
                        Figure.Kind.HIGH,
                        score.unsupportedWithoutButtons(),
                        null,
                        "unsupported: not even buttons"),
                figure(language, "contained", Figure.Kind.HIGH, score.containment(), null, "containment, of all"));
    }

    private static Figure figure(
            Language language, String key, Figure.Kind kind, double value, @Nullable Double bar, String what) {
        boolean chinese = language == Language.ZH;
        return new Figure(
                "own." + language.tag() + '.' + key,
                "own questions, " + (chinese ? "Chinese" : "English"),
                what,
                kind,
                value,
                chinese ? bar : null,
                "");
    }
}
