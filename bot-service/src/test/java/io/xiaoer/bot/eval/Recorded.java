package io.xiaoer.bot.eval;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/// The figures that were reached, `eval/figures.properties`: what gets worse than that by over a point is a regression.
final class Recorded {

    /// So many points are no regression.
    static final double SLACK = 1;

    private final Properties figures = new Properties();

    Recorded(String text) {
        try {
            figures.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Recorded read() {
        return new Recorded(Sets.text("/eval/figures.properties"));
    }

    /// What got worse, and what is not recorded at all; a sentence each.
    List<String> regressions(List<Figure> measured) {
        return measured.stream()
                .filter(figure -> figure.kind() != Figure.Kind.TIME)
                .flatMap(this::regression)
                .toList();
    }

    private Stream<String> regression(Figure figure) {
        String recorded = figures.getProperty(figure.key());
        if (recorded == null) {
            return Stream.of("%s is not recorded; it is %.2f".formatted(figure.key(), figure.value()));
        }
        return figure.worseThan(Double.parseDouble(recorded)) > SLACK
                ? Stream.of("%s was %s and is %.2f".formatted(figure.key(), recorded, figure.value()))
                : Stream.empty();
    }
}
