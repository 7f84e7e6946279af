package io.xiaoer.bot.slots;

import io.xiaoer.bot.slots.Token.Kind;
import org.jspecify.annotations.Nullable;

/// The words that times are said with, Chinese and English.
final class TimeWords {

    /// First and last hour of the parts of a day.
    static final int[][] PARTS = {{0, 6}, {6, 12}, {11, 14}, {12, 18}, {17, 20}, {18, 24}, {22, 28}};

    static final int SMALL_HOURS = 0;
    static final int MORNING = 1;
    static final int NOON = 2;
    static final int AFTERNOON = 3;
    static final int DUSK = 4;
    static final int EVENING = 5;
    static final int NIGHT = 6;

    private static final Phrases<Word> WORDS = new Phrases<>();

    private TimeWords() {}

    /// What a word means.
    record Word(Kind kind, int value, int extra) {}

    /// The longest of them that begins at a place of a folded text, null if none does.
    static Phrases.@Nullable Match<Word> at(String text, int from) {
        return WORDS.at(text, from);
    }

    /// The meaning of exactly this word.
    static @Nullable Word word(String word) {
        return WORDS.of(word);
    }

    private static void put(Kind kind, int value, String... words) {
        put(kind, value, 0, words);
    }

    private static void put(Kind kind, int value, int extra, String... words) {
        WORDS.put(new Word(kind, value, extra), words);
    }

    static {
        days();
        partsOfDay();
        relatives();
        units();
        weekdays();
        months();
        holidays();
        sections();
        windows();
        bounds();
        numbers();
        nothing();
    }

    private static void days() {
        put(Kind.DAY, 0, "今天", "今日", "今儿", "today");
        put(Kind.DAY, -1, "昨天", "昨日", "昨儿", "昨个", "yesterday");
        put(Kind.DAY, -2, "前天", "前日", "前儿", "the day before yesterday", "day before yesterday");
        put(Kind.DAY, -3, "大前天", "大前日");
        put(Kind.DAY, 1, "明天", "明日", "明儿", "tomorrow");
        put(Kind.DAY, 2, "后天", "后日", "the day after tomorrow", "day after tomorrow");
        put(Kind.DAY, 3, "大后天", "大后日");
        put(Kind.YEAR, 0, "今年");
        put(Kind.YEAR, -1, "去年", "上年", "旧年");
        put(Kind.YEAR, -2, "前年");
        put(Kind.YEAR, -3, "大前年");
        put(Kind.YEAR, 1, "明年");
        put(Kind.YEAR, 2, "后年");
    }

    private static void partsOfDay() {
        put(Kind.DAY_PART, SMALL_HOURS, "凌晨", "后半夜", "early morning");
        put(Kind.DAY_PART, MORNING, "早上", "早晨", "清晨", "清早", "一早", "一大早", "上午", "morning");
        put(Kind.DAY_PART, NOON, "中午", "午间", "正午", "noon", "midday", "lunchtime");
        put(Kind.DAY_PART, AFTERNOON, "下午", "午后", "afternoon");
        put(Kind.DAY_PART, DUSK, "傍晚", "黄昏");
        put(Kind.DAY_PART, EVENING, "晚上", "晚间", "夜晚", "夜里", "evening", "night");
        put(Kind.DAY_PART, NIGHT, "深夜", "半夜", "大半夜", "midnight");
        put(Kind.DAY_AND_PART, 0, MORNING, "今早", "今晨", "今儿早上");
        put(Kind.DAY_AND_PART, 0, EVENING, "今晚", "今夜", "tonight");
        put(Kind.DAY_AND_PART, -1, EVENING, "昨晚", "昨夜", "昨儿晚上");
        put(Kind.DAY_AND_PART, -1, MORNING, "昨早", "昨晨");
        put(Kind.DAY_AND_PART, -2, EVENING, "前晚", "前天夜里");
        put(Kind.DAY_AND_PART, 1, MORNING, "明早", "明晨");
        put(Kind.DAY_AND_PART, 1, EVENING, "明晚");
        put(Kind.OCLOCK, 0, "点", "点钟", "o'clock", "oclock");
        put(Kind.QUARTER_HOUR, 15, "一刻");
        put(Kind.QUARTER_HOUR, 45, "三刻");
        put(Kind.AMPM, 0, "am", "a.m.");
        put(Kind.AMPM, 12, "pm", "p.m.");
    }

    private static void relatives() {
        put(Kind.RELATIVE, -1, "上", "上个", "上一", "上一个", "前一个");
        put(Kind.RELATIVE, -2, "上上", "上上个", "上上一个");
        put(Kind.RELATIVE, -3, "上上上", "上上上个");
        put(Kind.RELATIVE, 0, "这", "这个", "这一", "本", "当");
        put(Kind.RELATIVE, 1, "下", "下个", "下一", "下一个");
        put(Kind.RELATIVE, 2, "下下", "下下个");
        put(Kind.RELATIVE, -1, 1, "last", "previous");
        put(Kind.RELATIVE, 0, 1, "this", "current");
        put(Kind.RELATIVE, 1, 1, "next", "coming", "following");
    }

    private static void units() {
        put(Kind.UNIT, TimeUnit.MINUTE.ordinal(), "分钟", "minute", "minutes", "min", "mins");
        put(Kind.UNIT, TimeUnit.HOUR.ordinal(), "小时", "钟头", "hour", "hours", "hrs");
        put(Kind.UNIT, TimeUnit.DAY.ordinal(), "天", "day", "days");
        put(Kind.UNIT, TimeUnit.WEEK.ordinal(), "周", "星期", "礼拜", "week", "weeks");
        put(Kind.UNIT, TimeUnit.MONTH.ordinal(), "月", "month", "months");
        put(Kind.UNIT, TimeUnit.QUARTER.ordinal(), "季度", "季", "quarter", "quarters");
        put(Kind.UNIT, TimeUnit.YEAR.ordinal(), "年", "year", "years");
        put(Kind.DAY_MARK, 0, "号");
        put(Kind.DAY_MARK, 1, "日");
        put(Kind.COUNT, 0, "个");
        put(Kind.NTH, 0, "第");
        put(Kind.FINAL, 0, "最后", "最后一", "最后一个");
    }

    private static void weekdays() {
        String figures = "一二三四五六";
        for (String week : new String[] {"周", "星期", "礼拜"}) {
            for (int day = 1; day <= 6; day++) {
                put(Kind.WEEKDAY, day, week + figures.charAt(day - 1), week + day);
            }
            put(Kind.WEEKDAY, 7, week + "日", week + "天", week + "7");
        }
        put(Kind.WEEKEND, 0, "周末", "星期末", "礼拜末", "双休日", "weekend", "weekends");
        String[] names = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
        for (int day = 1; day <= names.length; day++) {
            put(Kind.WEEKDAY, day, names[day - 1], names[day - 1] + "s");
            put(Kind.WEEKDAY, day, 1, names[day - 1].substring(0, 3));
        }
        put(Kind.WEEKDAY, 2, "tues");
        put(Kind.WEEKDAY, 4, "thurs", "thur");
    }

    private static void months() {
        String[] names = {
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december"
        };
        for (int month = 1; month <= names.length; month++) {
            String name = names[month - 1];
            put(Kind.MONTH, month, name.equals("may") || name.equals("march") ? 1 : 0, name);
            if (name.length() > 3) {
                put(Kind.MONTH, month, name.equals("march") ? 1 : 0, name.substring(0, 3));
            }
        }
        put(Kind.MONTH, 9, "sept");
        put(Kind.SEASON, 0, "春天", "春季", "spring");
        put(Kind.SEASON, 1, "夏天", "夏季", "summer");
        put(Kind.SEASON, 2, "秋天", "秋季", "autumn");
        put(Kind.SEASON, 3, "冬天", "冬季", "winter");
    }

    private static void holiday(Holiday holiday, String... words) {
        put(Kind.HOLIDAY, holiday.ordinal(), words);
    }

    private static void holidays() {
        holiday(Holiday.NEW_YEAR, "元旦", "元旦节", "新年", "new year", "new years", "new year's", "new year's day");
        holiday(Holiday.NEW_YEARS_EVE, "跨年", "跨年夜", "new year's eve", "new years eve");
        holiday(Holiday.VALENTINE, "情人节", "valentine's day", "valentines day", "valentine's");
        holiday(Holiday.WOMEN, "妇女节", "三八妇女节", "三八节", "女神节", "女王节", "women's day");
        holiday(Holiday.GIRLS, "女生节");
        holiday(Holiday.TREES, "植树节");
        holiday(Holiday.FOOLS, "愚人节", "april fools' day", "april fools day");
        holiday(Holiday.LABOUR, "五一", "五一节", "劳动节", "五一劳动节", "labour day", "may day");
        holiday(Holiday.YOUTH, "青年节", "五四青年节");
        holiday(Holiday.LOVE_520, "五二零", "五二〇");
        holiday(Holiday.CHILDREN, "六一", "儿童节", "六一儿童节", "children's day");
        holiday(Holiday.SALE_618, "六一八", "六幺八");
        holiday(Holiday.ARMY, "建军节", "八一建军节");
        holiday(Holiday.TEACHERS, "教师节");
        holiday(Holiday.NATIONAL, "国庆", "国庆节", "十一长假", "十一假期", "十一黄金周", "十一期间", "黄金周");
        holiday(Holiday.NATIONAL, "national day", "golden week");
        holiday(Holiday.HALLOWEEN, "万圣节", "万圣夜", "halloween");
        holiday(Holiday.DOUBLE_11, "双十一", "双11", "光棍节", "双拾一", "double eleven", "double 11", "double11");
        holiday(Holiday.DOUBLE_11, "singles' day", "singles day", "single's day");
        holiday(Holiday.DOUBLE_12, "双十二", "双12", "double twelve", "double 12", "double12");
        holiday(Holiday.CHRISTMAS_EVE, "平安夜", "christmas eve");
        holiday(Holiday.CHRISTMAS, "圣诞", "圣诞节", "christmas", "christmas day", "xmas");
        holiday(Holiday.BOXING, "boxing day");
        holiday(Holiday.QINGMING, "清明", "清明节");
        holiday(Holiday.MOTHERS, "母亲节", "mother's day", "mothers day", "mothers' day");
        holiday(Holiday.FATHERS, "父亲节", "father's day", "fathers day", "fathers' day");
        holiday(Holiday.LABOR_US, "labor day");
        holiday(Holiday.THANKSGIVING, "感恩节", "thanksgiving", "thanksgiving day");
        holiday(Holiday.BLACK_FRIDAY, "黑五", "黑色星期五", "black friday");
        holiday(Holiday.CYBER_MONDAY, "网络星期一", "cyber monday");
        holiday(Holiday.SPRING_FESTIVAL_EVE, "除夕", "除夕夜", "大年三十", "年三十", "chinese new year's eve");
        holiday(Holiday.SPRING_FESTIVAL, "春节", "过年", "大年初一", "spring festival");
        holiday(Holiday.SPRING_FESTIVAL, "chinese new year", "lunar new year");
        holiday(Holiday.LANTERNS, "元宵", "元宵节", "lantern festival");
        holiday(Holiday.DRAGON_BOATS, "端午", "端午节", "dragon boat festival");
        holiday(Holiday.DOUBLE_SEVENTH, "七夕", "七夕节");
        holiday(Holiday.MID_AUTUMN, "中秋", "中秋节", "mid-autumn festival", "mid autumn festival");
        holiday(Holiday.DOUBLE_NINTH, "重阳", "重阳节");
        put(Kind.DURING, 0, "期间", "那天", "当天", "那会儿", "长假", "假期", "的时候", "那阵子", "活动期间");
        put(Kind.DURING, 0, 3, "前后", "左右");
    }

    private static void sections() {
        String[] zh = {"初 上旬", "中 中旬", "底 末 下旬"};
        for (int section = 0; section < zh.length; section++) {
            for (String word : zh[section].split(" ")) {
                put(Kind.SECTION, section, word);
                put(Kind.MONTH_SECTION, section, "月" + word);
                if (word.length() == 1) {
                    put(Kind.YEAR_SECTION, section, "年" + word);
                }
            }
        }
        put(Kind.SECTION, 0, 1, "early", "beginning of", "start of", "the beginning of", "the start of");
        put(Kind.SECTION, 1, 1, "mid", "middle of", "the middle of");
        put(Kind.SECTION, 2, 1, "late", "end of", "the end of");
        put(Kind.HALF_YEAR, 0, "上半年");
        put(Kind.HALF_YEAR, 1, "下半年");
    }

    private static void windows() {
        put(Kind.RECENT, 0, "近", "过去", "过去的", "最近的", "past");
        put(Kind.RECENT, 0, 1, "最近", "近期", "近来", "这阵子", "这段时间", "前阵子", "前段时间", "前一阵");
        put(Kind.RECENT, 0, 1, "recently", "lately", "recent", "the other day");
        put(Kind.COMING, 0, "未来", "接下来", "接下来的", "今后");
        put(Kind.JUST_NOW, 0, "刚刚", "刚才", "just now", "a moment ago", "a minute ago");
        put(Kind.NOW, 0, "现在", "目前", "如今", "至今", "now", "the present");
        put(Kind.WITHIN, 0, "内", "以内", "之内");
        put(Kind.IN_THE, 0, "within the last", "within the past", "over the last", "over the past");
        put(Kind.IN_THE, 0, "during the last", "during the past");
        put(Kind.BOUGHT, 0, "买", "买的", "拍", "拍的", "下单", "下的单", "购", "购买", "订的", "bought", "ordered");
        put(Kind.VAGUE, 0, "几", "数", "好几", "某几", "few", "a few", "several", "some");
        put(Kind.HALF, 0, "半", "half", "half a", "half an");
    }

    private static void bounds() {
        put(Kind.TO, 0, "到", "至", "-", "~", "–", "—", "--", "to", "until", "till", "through", "thru");
        put(Kind.AND, 0, "和", "与", "跟", "and");
        put(Kind.FROM, 0, "从", "自", "自从", "打从", "between", "from");
        put(Kind.BEFORE, 0, "前", "之前", "以前");
        put(Kind.AFTER, 0, "后", "之后", "以后");
        put(Kind.SINCE, 0, "起", "以来", "开始");
        put(Kind.AGO, 0, "ago", "back");
        put(Kind.EN_BEFORE, 0, "before", "prior to", "earlier than");
        put(Kind.EN_AFTER, 0, "after", "later than");
        put(Kind.EN_SINCE, 0, "since", "starting");
    }

    private static void numbers() {
        String[] names = {
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"
        };
        for (int i = 0; i < names.length; i++) {
            put(Kind.NUMBER, i + 1, names[i]);
        }
        put(Kind.NUMBER, 1, "a", "an");
        put(Kind.NUMBER, 2, "couple", "a couple", "couple of", "a couple of");
        put(Kind.NUMBER, 15, "fifteen");
        put(Kind.NUMBER, 20, "twenty");
        put(Kind.NUMBER, 30, "thirty");
        put(Kind.NUMBER, 60, "sixty");
        put(Kind.NUMBER, 90, "ninety");
    }

    /// Words that mean nothing here, and words that only look like parts of a time.
    private static void nothing() {
        put(Kind.COMMA, 0, ",");
        put(Kind.FILL, 0, "的", "份", "那", "the");
        put(Kind.FILL, 1, "在", "of", "on", "in", "at", "during", "over", "for");
        put(Kind.OTHER, 0, "一下", "等下", "看下", "查下", "问下", "退下", "催下", "说下", "帮下", "理下", "改下", "取下", "换下");
        put(Kind.OTHER, 0, "刚下", "拍下", "下的", "下架", "下载", "下面", "以下", "之下", "余下", "剩下", "马上", "网上");
        put(Kind.OTHER, 0, "线上", "以上", "身上", "上架", "上传", "上新", "上面", "上次", "上回", "上门", "店上", "手上");
        put(Kind.OTHER, 0, "有点", "快点", "早点", "晚点", "几点", "差点", "天猫", "周年", "周到", "周边", "周大");
        put(Kind.OTHER, 0, "周六福", "周一围", "日用", "日常", "月经", "月饼", "年货", "年轻", "年龄", "天气", "天然", "五一路", "五一大道");
        put(Kind.OTHER, 0, "本人", "本来", "本店", "当然", "当时", "这样", "这款", "这件", "这单", "第二天", "每天", "每周", "每月", "每年");
        put(Kind.OTHER, 0, "号楼", "号线", "号店", "号色", "号码", "号链", "号柜", "号仓", "号门", "号电", "号机", "号院", "号单元");
        put(Kind.OTHER, 0, "中通", "中国", "中间", "中性", "中号", "底部", "底单", "初学", "末端", "当前", "目前为止", "提前", "前台");
        put(Kind.OTHER, 0, "后台", "售后", "前面的", "后面", "最后面", "天无理由", "天内无理由", "日无理由", "内裤", "内衣", "内存", "数据");
        put(Kind.OTHER, 0, "this one", "last one", "next one", "last order", "past due", "back to", "come back");
    }
}
