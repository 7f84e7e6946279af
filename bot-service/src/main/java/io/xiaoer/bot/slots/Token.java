package io.xiaoer.bot.slots;

/// One word of a text, as far as times are concerned.
///
/// @param kind what it is
/// @param value what its kind counts
/// @param extra a second value of some kinds
/// @param start where it begins in the folded text
/// @param end where it ends
record Token(Kind kind, int value, int extra, int start, int end) {

    /// The kinds. What is not said otherwise has no value.
    enum Kind {
        /// A date in figures: year · 10000 + month · 100 + day.
        DATE,
        /// A date without year in figures: month · 100 + day.
        MONTH_DAY,
        /// A time of day in figures: minutes since midnight.
        CLOCK,
        /// A number; `extra` is how many figures wrote it one by one.
        NUMBER,
        /// 3rd, 21st.
        ORDINAL,
        /// Some, a few.
        VAGUE,
        HALF,
        /// Today, yesterday: days from today.
        DAY,
        /// Morning, evening: index into [TimeWords#PARTS].
        DAY_PART,
        /// 昨晚: days from today, and `extra` the part.
        DAY_AND_PART,
        /// 上, last: how many before or behind; `extra` is 1 for English, which counts weekdays from today.
        RELATIVE,
        /// 去年: years from this one.
        YEAR,
        /// A unit of time: ordinal of [TimeUnit].
        UNIT,
        /// Monday is 1; `extra` is 1 where the word has other meanings.
        WEEKDAY,
        WEEKEND,
        /// January is 1; `extra` is 1 where the word has other meanings.
        MONTH,
        /// Ordinal of [Holiday].
        HOLIDAY,
        /// Spring is 0.
        SEASON,
        /// 初, 中, 底: 0, 1, 2; `extra` is 1 for English, where it stands in front.
        SECTION,
        /// 月初: 0, 1, 2.
        MONTH_SECTION,
        /// 年底: 0, 1, 2.
        YEAR_SECTION,
        /// 上半年: 0, 1.
        HALF_YEAR,
        /// 个.
        COUNT,
        /// 第.
        NTH,
        /// 最后一个.
        FINAL,
        /// 号, and 日, which is a unit too: 1.
        DAY_MARK,
        /// 近, 过去; `extra` is 1 if it means a while ago when it stands alone.
        RECENT,
        /// 未来.
        COMING,
        JUST_NOW,
        /// 现在 as the end of a range.
        NOW,
        /// 内, 以内.
        WITHIN,
        /// within the last, in English in front.
        IN_THE,
        TO,
        AND,
        FROM,
        /// 之前; behind what it bounds.
        BEFORE,
        /// 之后; behind what it bounds.
        AFTER,
        /// 以来; behind what it bounds.
        SINCE,
        /// ago.
        AGO,
        /// before, in English in front.
        EN_BEFORE,
        /// after, in English in front.
        EN_AFTER,
        /// since, in English in front.
        EN_SINCE,
        /// 点.
        OCLOCK,
        /// Minutes of 一刻: 15.
        QUARTER_HOUR,
        /// am 0, pm 12.
        AMPM,
        /// 期间, 前后: `extra` days more at both ends.
        DURING,
        /// 的, of, on: means nothing; 1 if it can stand before a day or month.
        FILL,
        COMMA,
        /// Bought, ordered.
        BOUGHT,
        /// Something else.
        OTHER
    }

    /// Whether it is of a kind.
    boolean is(Kind other) {
        return kind == other;
    }
}
