package io.xiaoer.bot.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Times in shoppers' words are read as the ranges that they mean. The shares that are right stand in
/// `docs/quality.md`.
class TimeExpressionsTest {

    private static final ZoneId SHANGHAI = TimeExpressions.ZONE;
    private static final Instant NOW =
            LocalDateTime.of(2026, 11, 26, 10, 30).atZone(SHANGHAI).toInstant();
    private static final Clock CLOCK = Clock.fixed(NOW, SHANGHAI);

    @Test
    void whatShoppersSayOfTimesIsRead() throws IOException {
        var wrong = new ArrayList<String>();
        var phrases = lines("time-phrases.tsv");
        for (String line : phrases) {
            String[] parts = line.split("\t", -1);
            var read = TimeExpressions.in(parts[0], CLOCK);
            var meant = meant(parts[1], parts[2]);
            if (!Objects.equals(read, meant)) {
                wrong.add(parts[0] + " is " + meant + ", read as " + read);
            }
        }
        System.out.printf(
                "Time expressions: %d of %d phrases right%s%n",
                phrases.size() - wrong.size(), phrases.size(), wrong.isEmpty() ? "" : ", wrong: " + wrong);
        assertThat(phrases).hasSizeGreaterThanOrEqualTo(150);
        assertThat(phrases.size() - wrong.size())
                .as("right of %d: %s", phrases.size(), wrong)
                .isGreaterThanOrEqualTo((int) Math.ceil(phrases.size() * 0.95));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            把昨天买的鞋退了                 | 昨天
            我要退掉昨天的订单               | 昨天
            退昨天的                         | 昨天
            昨天买的今天就便宜了，补差价     | 昨天
            前天在你们家买的，昨天到的       | 前天
            11月3号那单要退                  | 11月3号
            看看上周那双鞋的物流             | 上周
            取消今天下的单                   | 今天
            return yesterday's order         | yesterday
            the shoes i bought last week     | last week
            the status of the order i placed yesterday | yesterday
            能不能今天就发货                 |
            明天要用，快点发货               |
            今天能送到吗                     |
            昨天收到的鞋子小了，要退货       |
            昨天到的杯子碎了，换一个         |
            衬衫周一到的，我要退             |
            今天降价了，给我补差价           |
            双11降价了补我差价               |
            地址填错了，应该是杭州市西湖区文三路1号 |
            把地址改成长安街一号             |
            the shoes i got yesterday        |
            it arrived on monday, i want to return it |
            tell the shop to send it today   |
            """)
    void onlyWhenItWasOrderedIsTheTimeOfAnOrder(String text, @Nullable String when) {
        assertThat(TimeExpressions.ordered(text, NOW, SHANGHAI))
                .isEqualTo(when == null ? null : TimeExpressions.in(when, CLOCK));
    }

    /// The specification gives a point in the past and one in the future, and closed ends for ranges from a day to a
    /// day. Compared is the past one; a range whose last day, month or year is named may end with it instead of
    /// before it, and one that reaches up to now may hold today.
    @Test
    void singleDatesAndRangesOfAPublicSpecificationAreRead() throws IOException {
        var wrong = new ArrayList<String>();
        var cases = lines("recognizers-text-zh.tsv");
        for (String line : cases) {
            String[] parts = line.split("\t", -1);
            var now = LocalDateTime.parse(parts[1]).atZone(SHANGHAI).toInstant();
            var read = TimeExpressions.in(parts[5], now, SHANGHAI);
            if (!isRight(read, parts)) {
                wrong.add(parts[5] + " is " + parts[2] + ".." + parts[3] + ", read as " + read);
            }
        }
        System.out.printf(
                "Recognizers' Chinese dates and date ranges: %d of %d right, wrong: %s%n",
                cases.size() - wrong.size(), cases.size(), wrong);
        assertThat(cases.size() - wrong.size()).as("right of %d", cases.size()).isGreaterThanOrEqualTo((int)
                Math.ceil(cases.size() * 0.6));
    }

    private static boolean isRight(@Nullable TimeRange read, String[] parts) {
        if (parts[2].equals("-") || read == null) {
            return parts[2].equals("-") && read == null;
        }
        if (!read.from().equals(at(parts[2]))) {
            return false;
        }
        if (parts[0].equals("date")) {
            return read.to().equals(read.from().plus(Duration.ofDays(1)));
        }
        var end = LocalDate.parse(parts[3]);
        var ends = new ArrayList<>(List.of(end));
        if (parts[4].startsWith("(") && parts[5].matches(".*[到至与-].*")) {
            ends.add(end.getDayOfYear() == 1 ? end.plusYears(1) : end.plusDays(1));
        }
        if (parts[1].startsWith(parts[3])) {
            ends.add(end.plusDays(1));
        }
        return ends.stream()
                .anyMatch(each -> read.to().equals(each.atStartOfDay(SHANGHAI).toInstant()));
    }

    @ParameterizedTest
    @CsvSource({
        "周一, 2026-11-23T00:00, 2026-11-23",
        "双11, 2026-11-10T12:00, 2025-11-11",
        "12号, 2026-03-11T12:00, 2026-02-12",
        "2月29号, 2026-03-01T12:00, 2024-02-29",
        "昨天, 2026-01-01T00:00, 2025-12-31",
        "除夕, 2027-01-01T00:00, 2026-02-16"
    })
    void whatMayBePastIsPast(String text, LocalDateTime now, LocalDate day) {
        var read = TimeExpressions.in(text, now.atZone(SHANGHAI).toInstant(), SHANGHAI);
        assertThat(read)
                .isEqualTo(new TimeRange(
                        day.atStartOfDay(SHANGHAI).toInstant(),
                        day.plusDays(1).atStartOfDay(SHANGHAI).toInstant()));
    }

    @Test
    void daysBeginWhereTheShopperIs() {
        var newYork = ZoneId.of("America/New_York");
        var read = TimeExpressions.in("yesterday", NOW, newYork);
        assertThat(read)
                .isEqualTo(new TimeRange(
                        LocalDate.of(2026, 11, 24).atStartOfDay(newYork).toInstant(),
                        LocalDate.of(2026, 11, 25).atStartOfDay(newYork).toInstant()));
    }

    @Test
    void anHourThatNoClockShowsIsNoTime() {
        var newYork = ZoneId.of("America/New_York");
        assertThat(TimeExpressions.in("2026-03-08凌晨2点", NOW, newYork)).isNull();
    }

    @Test
    void aPhraseIsReadInMicroseconds() throws IOException {
        var phrases = lines("time-phrases.tsv").stream()
                .map(line -> line.substring(0, line.indexOf('\t')))
                .toList();
        int read = 0;
        for (int i = 0; i < 30; i++) {
            read += (int) phrases.stream()
                    .filter(phrase -> TimeExpressions.in(phrase, CLOCK) != null)
                    .count();
        }
        long begun = System.nanoTime();
        for (int i = 0; i < 30; i++) {
            read += (int) phrases.stream()
                    .filter(phrase -> TimeExpressions.in(phrase, CLOCK) != null)
                    .count();
        }
        long each = (System.nanoTime() - begun) / 30 / phrases.size();
        System.out.printf("Time expressions: %.1f µs a phrase%n", each / 1000.0);
        assertThat(read).isPositive();
    }

    private static @Nullable TimeRange meant(String from, String to) {
        return from.equals("-") ? null : new TimeRange(at(from), at(to));
    }

    private static Instant at(String moment) {
        if (moment.equals("ever")) {
            return Instant.EPOCH;
        }
        var local = moment.length() == 10 ? LocalDate.parse(moment).atStartOfDay() : LocalDateTime.parse(moment);
        return local.atZone(SHANGHAI).toInstant();
    }

    private static List<String> lines(String name) throws IOException {
        try (var in = TimeExpressionsTest.class.getResourceAsStream("/slots/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        }
    }
}
