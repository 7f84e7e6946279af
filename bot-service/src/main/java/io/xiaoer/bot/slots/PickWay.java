package io.xiaoer.bot.slots;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The ways of picking, the surest first.
enum PickWay {
    NUMBER {
        @Override
        @Nullable
        OptionPick pick(String text, List<OptionPick.Option> options, Instant now, ZoneId zone) {
            return told(text, options);
        }

        @Override
        @Nullable
        OptionPick told(String text, List<OptionPick.Option> options) {
            var whole = which(options, option -> option.number() != null && contains(text, Folded.of(option.number())));
            return whole.isEmpty() ? null : OptionPick.among(whole);
        }
    },
    END_OF_NUMBER {
        @Override
        @Nullable
        OptionPick pick(String text, List<OptionPick.Option> options, Instant now, ZoneId zone) {
            var said = told(text, options);
            if (said != null) {
                return said;
            }
            var free = FIGURES.matcher(text);
            while (free.find()) {
                var ending = ending(options, free.group());
                if (!ending.isEmpty()) {
                    return OptionPick.among(ending);
                }
            }
            return null;
        }

        @Override
        @Nullable
        OptionPick told(String text, List<OptionPick.Option> options) {
            String said = end(text);
            return said == null ? null : OptionPick.among(ending(options, said));
        }

        private List<Integer> ending(List<OptionPick.Option> options, String end) {
            return which(
                    options,
                    option -> option.number() != null
                            && Folded.of(option.number()).endsWith(end));
        }
    },
    PLACE {
        @Override
        @Nullable
        OptionPick pick(String text, List<OptionPick.Option> options, Instant now, ZoneId zone) {
            var places = Places.in(text, options.size());
            if (places.isEmpty()) {
                return null;
            }
            return OptionPick.among(places.stream()
                    .filter(place -> place >= 0 && place < options.size())
                    .toList());
        }
    },
    TITLE {
        @Override
        @Nullable
        OptionPick pick(String text, List<OptionPick.Option> options, Instant now, ZoneId zone) {
            return among(TitleWords.best(text, titles(options)));
        }

        @Override
        @Nullable
        OptionPick told(String text, List<OptionPick.Option> options) {
            return among(TitleWords.told(text, titles(options)));
        }

        private static @Nullable OptionPick among(List<Integer> best) {
            return best.isEmpty() ? null : OptionPick.among(best);
        }

        private static List<String> titles(List<OptionPick.Option> options) {
            return options.stream().map(OptionPick.Option::title).toList();
        }
    },
    TIME {
        @Override
        @Nullable
        OptionPick pick(String text, List<OptionPick.Option> options, Instant now, ZoneId zone) {
            var range = TimeExpressions.in(text, now, zone);
            return range == null
                    ? null
                    : OptionPick.among(which(options, option -> option.at() != null && range.contains(option.at())));
        }
    };

    /// Those that words tell by which are no answer.
    static final List<PickWay> TOLD = List.of(NUMBER, END_OF_NUMBER, TITLE);

    private static final Pattern END = Pattern.compile(
            "(?:尾号|末尾|结尾|后四位|末四位|后几位|后三位|ending|ends|last (?:four|4|three|3)(?: digits?)?)(?:[^a-z0-9]|is |in |with |are |号){0,6}([a-z0-9]{2,20})");
    private static final Pattern FIGURES = Pattern.compile("(?<![a-z0-9_./:-])[a-z0-9-]{0,20}[0-9]{3}(?![a-z0-9_/:-])");

    /// Picks by this way; null if the text does not use it.
    abstract @Nullable OptionPick pick(String text, List<OptionPick.Option> options, Instant now, ZoneId zone);

    /// Picks by this way from words that were no answer; null if the text does not use it.
    @Nullable
    OptionPick told(String text, List<OptionPick.Option> options) {
        return null;
    }

    /// The end of a number that folded words say to be one, null if they say none.
    static @Nullable String end(String folded) {
        var said = END.matcher(folded);
        return said.find() ? said.group(1) : null;
    }

    private static List<Integer> which(List<OptionPick.Option> options, Predicate<OptionPick.Option> test) {
        return IntStream.range(0, options.size())
                .filter(i -> test.test(options.get(i)))
                .boxed()
                .toList();
    }

    /// Whether a number stands in a text as a whole.
    private static boolean contains(String text, String number) {
        for (int at = text.indexOf(number); at >= 0 && !number.isEmpty(); at = text.indexOf(number, at + 1)) {
            int end = at + number.length();
            boolean begins = at == 0 || !Folded.isCode(text.charAt(at - 1));
            if (begins && (end == text.length() || !Folded.isCode(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }
}
