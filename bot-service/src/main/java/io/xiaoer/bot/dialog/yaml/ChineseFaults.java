package io.xiaoer.bot.dialog.yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What faults say, in Chinese: `dialog/faults_zh.tsv`.
final class ChineseFaults {

    private static final String FILE = "/dialog/faults_zh.tsv";
    private static final int LONGEST = 1000;
    private static final Pattern PLACE = Pattern.compile("\\{([1-9])}");

    private static final List<Line> LINES = read();

    private ChineseFaults() {}

    /// A line of the file.
    private record Line(Pattern english, String chinese) {}

    /// The Chinese words, null if there are none. What a merchant wrote stays as it is; a long one is not looked at.
    static @Nullable String of(String english) {
        if (english.length() > LONGEST) {
            return null;
        }
        for (Line line : LINES) {
            var found = line.english().matcher(english);
            if (found.matches()) {
                return PLACE.matcher(line.chinese())
                        .replaceAll(place -> Matcher.quoteReplacement(said(line, found, place)));
            }
        }
        return null;
    }

    /// What stands at a place. A type has a Chinese name as well; what stands in quotes is the merchant's own.
    private static String said(Line line, Matcher found, MatchResult place) {
        String words = found.group(Integer.parseInt(place.group(1)));
        boolean quoted = place.start() > 0 && "`$\"".indexOf(line.chinese().charAt(place.start() - 1)) >= 0;
        String chinese = quoted ? null : of(words);
        return chinese == null ? words : chinese;
    }

    private static List<Line> read() {
        try (var in = Objects.requireNonNull(ChineseFaults.class.getResourceAsStream(FILE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", 2))
                    .map(parts -> new Line(pattern(parts[0]), parts[1]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pattern pattern(String english) {
        return Pattern.compile(
                Stream.of(english.split(Pattern.quote("{}"), -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining("(.*?)")),
                Pattern.DOTALL);
    }
}
