package io.xiaoer.bot.slots;

import io.xiaoer.bot.slots.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Cuts a folded text into the words that times are said with; the rest becomes [Kind#OTHER]. Figures that belong to
/// an order number, a model name, a price or a phone number are never a time.
final class TimeScanner {

    private static final Map<String, Holiday> BY_FIGURES = Map.of(
            "11.11", Holiday.DOUBLE_11,
            "12.12", Holiday.DOUBLE_12,
            "6.18", Holiday.SALE_618,
            "618", Holiday.SALE_618,
            "38节", Holiday.WOMEN,
            "3.8节", Holiday.WOMEN,
            "51节", Holiday.LABOUR);

    private static final String COUNTED = "元块折%号码件个斤克度寸米";
    private static final List<String> ROADS = List.of("路", "街", "巷", "弄", "大道", "街道", "胡同");

    private final String text;
    private final boolean english;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private TimeScanner(String text) {
        this.text = text;
        this.english = isEnglish(text);
    }

    private static boolean isEnglish(String text) {
        boolean letters = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            letters |= c >= 'a' && c <= 'z';
            if (c >= 0x2E80) {
                return false;
            }
        }
        return letters;
    }

    /// The words of a folded text, in order.
    static List<Token> scan(String folded) {
        var scanner = new TimeScanner(folded);
        var order = OrderNumbers.find(folded);
        while (scanner.at < folded.length()) {
            if (order != null && order.named() && scanner.at == order.start()) {
                scanner.add(Kind.OTHER, 0, 0, order.end());
            } else {
                scanner.step();
            }
        }
        return scanner.tokens;
    }

    private void step() {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (Folded.isCode(c)) {
            code();
        } else if (c == '\'') {
            add(Kind.FILL, 0, 0, text.startsWith("'s", at) ? at + 2 : at + 1);
        } else {
            word();
        }
    }

    private void add(Kind kind, int value, int extra, int end) {
        tokens.add(new Token(kind, value, extra, at, end));
        at = end;
    }

    private void add(TimeWords.Word word, int end) {
        add(word.kind(), word.value(), word.extra(), end);
    }

    /// A Chinese word, a Chinese number, or one character of no meaning.
    private void word() {
        if (phrase()) {
            return;
        }
        int end = Numerals.endOfChinese(text, at);
        var number = end == at ? null : Numerals.at(text, at);
        if (number != null) {
            add(isHouse(end) ? Kind.OTHER : Kind.NUMBER, number.value(), number.figures(), end);
        } else {
            add(Kind.OTHER, 0, 0, Math.max(end, at + 1));
        }
    }

    /// Whether a number from here on is that of a house (文三路1号), and no day.
    private boolean isHouse(int end) {
        return text.startsWith("号", end) && ROADS.stream().anyMatch(road -> text.startsWith(road, at - road.length()));
    }

    /// A run of letters and figures.
    private void code() {
        if (Folded.isDigit(text.charAt(at)) && (holidayByFigures() || dateByFigures())) {
            return;
        }
        int end = endOfRun(at);
        if (Folded.isDigit(text.charAt(at))) {
            beginsWithFigures(end);
        } else {
            beginsWithLetters(end);
        }
    }

    private boolean holidayByFigures() {
        if (isInsideCode(at)) {
            return false;
        }
        for (var each : BY_FIGURES.entrySet()) {
            String figures = each.getKey();
            if (text.startsWith(figures, at) && (figures.endsWith("节") || standsAlone(at + figures.length()))) {
                add(Kind.HOLIDAY, each.getValue().ordinal(), 0, at + figures.length());
                return true;
            }
        }
        return false;
    }

    private boolean standsAlone(int end) {
        if (end == text.length()) {
            return true;
        }
        char next = text.charAt(end);
        boolean decimal = ".-/:".indexOf(next) >= 0 && end + 1 < text.length() && Folded.isDigit(text.charAt(end + 1));
        return !Folded.isCode(next) && next != '_' && !decimal && COUNTED.indexOf(next) < 0;
    }

    /// Whether what stands directly before makes figures part of something else.
    private boolean isInsideCode(int start) {
        if (start == 0) {
            return false;
        }
        char before = text.charAt(start - 1);
        if (before == '-') {
            var last = tokens.isEmpty() ? null : tokens.getLast();
            return start >= 2
                    && Folded.isCode(text.charAt(start - 2))
                    && !(last != null && last.is(Kind.TO) && isTime(tokens.size() - 2));
        }
        return "._/:#¥$￥€£".indexOf(before) >= 0;
    }

    private boolean isTime(int index) {
        return index >= 0
                && switch (tokens.get(index).kind()) {
                    case DATE, MONTH_DAY, NUMBER, CLOCK -> true;
                    default -> false;
                };
    }

    private boolean dateByFigures() {
        if (isInsideCode(at)) {
            return false;
        }
        var figures = DateFigures.at(text, at, english);
        if (figures == null) {
            return false;
        }
        add(figures.kind(), figures.value(), 0, figures.end());
        return true;
    }

    private void beginsWithFigures(int end) {
        boolean inside = isInsideCode(at);
        int figures = at;
        while (figures < end && Folded.isDigit(text.charAt(figures))) {
            figures++;
        }
        boolean decimal =
                figures + 1 < text.length() && text.charAt(figures) == '.' && Folded.isDigit(text.charAt(figures + 1));
        var number = figures - at <= 4 && !decimal && !inside ? Numerals.at(text, at) : null;
        if (number == null) {
            add(Kind.OTHER, 0, 0, decimal ? endOfRun(figures + 1) : end);
        } else if (figures == end) {
            add(isHouse(end) ? Kind.OTHER : Kind.NUMBER, number.value(), number.figures(), end);
        } else {
            withSuffix(number.value(), number.figures(), figures, end);
        }
    }

    /// 3rd, 10am, 3days; other letters behind figures make it a name.
    private void withSuffix(int value, int figures, int letters, int end) {
        String suffix = text.substring(letters, end);
        var word = TimeWords.word(suffix);
        if (suffix.equals("st") || suffix.equals("nd") || suffix.equals("rd") || suffix.equals("th")) {
            add(Kind.ORDINAL, value, figures, end);
        } else if (word != null && (word.kind() == Kind.UNIT || word.kind() == Kind.AMPM)) {
            add(Kind.NUMBER, value, figures, letters);
            add(word, end);
        } else {
            add(Kind.OTHER, 0, 0, end);
        }
    }

    private void beginsWithLetters(int end) {
        if (!isInsideCode(at) && phrase()) {
            return;
        }
        int letters = at;
        while (letters < end && !Folded.isDigit(text.charAt(letters))) {
            letters++;
        }
        var word = isInsideCode(at) ? null : TimeWords.word(text.substring(at, letters));
        if (word != null && (letters == end || word.kind() == Kind.MONTH)) {
            add(word, letters);
        } else if (letters == at + 1 && letters + 1 == end && text.charAt(at) == 'q') {
            add(Kind.NTH, 0, 0, letters);
            add(Kind.NUMBER, text.charAt(at) - '0', 1, end);
            tokens.add(new Token(Kind.UNIT, TimeUnit.QUARTER.ordinal(), 0, end, end));
        } else {
            add(Kind.OTHER, 0, 0, end);
        }
    }

    private boolean phrase() {
        var found = TimeWords.at(text, at);
        if (found == null) {
            return false;
        }
        add(found.meaning(), found.end());
        return true;
    }

    private int endOfRun(int from) {
        int end = from;
        while (end < text.length() && (Folded.isCode(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end;
    }
}
