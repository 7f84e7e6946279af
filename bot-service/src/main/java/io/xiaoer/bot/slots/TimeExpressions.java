package io.xiaoer.bot.slots;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads when something was, from Chinese or English words: 昨天, 上周三下午, 近30天, 双11, 10月3号到5号, last week,
/// two days ago, since Monday. What may lie on either side of now is taken to be past: 周一 is the latest Monday, today
/// counted. Figures of an order number are no date, a length (三天能到吗) is no time.
///
/// Of several times the first counts that is not denied (不是昨天的，要前天的), or, behind a word of correction
/// (昨天，不对，前天), the first after it.
public final class TimeExpressions {

    /// Where shoppers are whose zone is not known.
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private TimeExpressions() {}

    /// The time that a text means; null if it names none.
    ///
    /// @param clock what tells when the text was written
    public static @Nullable TimeRange in(String text, Clock clock) {
        return in(text, clock.instant(), ZONE);
    }

    /// The time that a text means; null if it names none.
    ///
    /// @param now when the text was written
    /// @param zone where its days begin
    public static @Nullable TimeRange in(String text, Instant now, ZoneId zone) {
        String folded = Folded.of(text);
        var named = TimeGrammar.read(TimeScanner.scan(folded), LocalDateTime.ofInstant(now, zone));
        var meant = MeantTime.of(folded, named);
        return meant == null ? null : range(meant.span(), zone);
    }

    /// The time at which what a text is about was ordered; null if it names none. When it came (昨天收到的),
    /// became cheaper (今天降价了) or is needed (明天要用) is none, nor is what is still to come.
    ///
    /// @param now when the text was written
    /// @param zone where its days begin
    public static @Nullable TimeRange ordered(String text, Instant now, ZoneId zone) {
        String folded = Folded.of(text);
        var today = LocalDateTime.ofInstant(now, zone);
        var named = OrderedTimes.among(folded, TimeGrammar.read(TimeScanner.scan(folded), today), today);
        var meant = MeantTime.of(folded, named);
        return meant == null ? null : range(meant.span(), zone);
    }

    /// The folded text with blanks where times are named.
    static String without(String folded) {
        var rest = new StringBuilder(folded);
        for (var named : TimeGrammar.read(TimeScanner.scan(folded), TimeGrammar.OPEN.plusYears(50))) {
            for (int i = named.start(); i < named.end(); i++) {
                rest.setCharAt(i, ' ');
            }
        }
        return rest.toString();
    }

    private static @Nullable TimeRange range(Span span, ZoneId zone) {
        var from = span.from().equals(TimeGrammar.OPEN)
                ? Instant.EPOCH
                : span.from().atZone(zone).toInstant();
        var to = span.to().atZone(zone).toInstant();
        return from.isBefore(to) ? new TimeRange(from, to) : null;
    }

    /// Chooses among the times of a text.
    private static final class MeantTime {

        private static final List<String> DENIALS =
                List.of("不是", "并非", "而非", "除了", "not", "isn't", "wasn't", "except", "other than");
        private static final List<String> REFUSALS = List.of("不要", "不想要", "别查", "别看", "don't want", "dont want");
        private static final List<String> CORRECTIONS = List.of(
                "不对",
                "说错",
                "错了",
                "应该是",
                "改成",
                "改为",
                "更正",
                "而是",
                "哦不",
                "啊不",
                "actually",
                "i mean",
                "i meant",
                "sorry",
                "rather",
                "correction",
                "make that",
                "no wait");
        private static final String MAY_STAND_BETWEEN = "我您你在于说指要想查问看找那这个单的订买是 ";
        private static final List<String> WORDS_BETWEEN = List.of(
                "the", "one", "ones", "from", "on", "in", "at", "of", "order", "orders", "that", "which", "i", "bought",
                "placed", "made", "ordered", "for", "my", "it");
        private static final int MOST_BETWEEN = 40;

        private MeantTime() {}

        static TimeGrammar.@Nullable Named of(String text, List<TimeGrammar.Named> named) {
            var standing = new ArrayList<TimeGrammar.Named>();
            int begin = 0;
            for (int i = 0; i < named.size(); i++) {
                var each = named.get(i);
                if (!isDenied(text, begin, each, i + 1 < named.size())) {
                    if (!standing.isEmpty() && corrects(text.substring(begin, each.start()))) {
                        standing.clear();
                    }
                    standing.add(each);
                }
                begin = each.end();
            }
            return standing.isEmpty() ? null : standing.getFirst();
        }

        private static boolean isDenied(String text, int begin, TimeGrammar.Named named, boolean more) {
            String before = text.substring(Math.max(begin, named.start() - MOST_BETWEEN), named.start());
            return denies(before, DENIALS) && !asks(text, named.end()) || more && denies(before, REFUSALS);
        }

        private static boolean denies(String before, List<String> cues) {
            for (String cue : cues) {
                int at = before.lastIndexOf(cue);
                if (at < 0 || cue.equals("不是") && at > 0 && before.charAt(at - 1) == '是') {
                    continue;
                }
                if (cue.charAt(0) < 0x80 && at > 0 && Folded.isCode(before.charAt(at - 1))) {
                    continue;
                }
                if (onlyFillers(before.substring(at + cue.length()))) {
                    return true;
                }
            }
            return false;
        }

        private static boolean onlyFillers(String between) {
            for (String word : between.strip().split(" ")) {
                if (!WORDS_BETWEEN.contains(word) && !word.chars().allMatch(c -> MAY_STAND_BETWEEN.indexOf(c) >= 0)) {
                    return false;
                }
            }
            return true;
        }

        /// 不是昨天买的吗 means yesterday.
        private static boolean asks(String text, int end) {
            for (int i = end; i < text.length() && i < end + MOST_BETWEEN; i++) {
                char c = text.charAt(i);
                if (c == '吗' || c == '么') {
                    return true;
                }
                if (",.;!?。、".indexOf(c) >= 0) {
                    return false;
                }
            }
            return false;
        }

        private static boolean corrects(String between) {
            return CORRECTIONS.stream().anyMatch(between::contains);
        }
    }
}
