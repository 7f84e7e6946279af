package io.xiaoer.bot.slots;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells a postal address from other words, by the words that addresses are made of.
public final class Addresses {

    private static final Pattern ZH =
            Pattern.compile("(?<=[\\p{IsHan}0-9a-z])(省|自治区|自治州|市|区|區|县|縣|旗|镇|鎮|乡|鄉|村|街道|大道|路|街|巷|弄|胡同|小区"
                    + "|花园|大厦|公寓|广场|栋|棟|幢|座|单元|室|楼|樓)|(?<=[0-9] ?)号");
    private static final Pattern ZH_PLACE = Pattern.compile("[0-9]|省.{1,20}(市|区|县)|市.{1,20}(区|县|镇|路|街)");
    private static final Pattern EN = Pattern.compile(
            "\\b[0-9]{1,6}[a-z]?\\b.{1,60}\\b(street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|ct|place|square|sq"
                    + "|way|terrace|highway|hwy|close|crescent|parkway|apartment|apt|suite|unit|floor|building|block|lu|jie|qu)\\b");

    private static final Pattern ZH_WHOLE =
            Pattern.compile("^\\p{IsHan}{1,12}(省|市|区|區|县|縣|旗|自治区|自治州).*[0-9] ?(号|弄|栋|棟|幢|座|单元|室|楼|樓)");
    private static final Pattern EN_WHOLE =
            Pattern.compile("^(apt|apartment|suite|unit)?[ #]*[0-9]{1,6}[a-z]?\\b.{1,60}\\b(street|st|road|rd"
                    + "|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|ct|highway|hwy|parkway|lu|jie)\\b");

    private static final Pattern SPAN = Pattern.compile(
            "\\p{IsHan}{0,12}(?:省|自治区|市|区|區|县|縣|镇|鎮|街道|大道|路|街|巷|弄|胡同|小区|花园|大厦|公寓|广场)[\\p{IsHan}0-9a-zA-Z -]{0,30}?"
                    + "[0-9]+ ?(?:号楼|号|弄|栋|棟|幢|座|单元|室|楼|樓|层)(?:[\\p{IsHan} ]{0,3}[0-9A-Za-z-]+ ?(?:号楼|号|栋|幢|座|单元|室|楼|层))*"
                    + "|\\b[0-9]{1,6}[a-z]?(?: [a-z'.]+){1,4}? (?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|ct|highway|hwy|parkway)\\b"
                    + "(?:,? ?(?:apt|apartment|flat|suite|unit|room|#)[ .#]*[0-9]{1,5}[a-z]?\\b)?(?:(?:, ?[a-z .]{2,30}){1,2},? [0-9]{4,6}\\b)?",
            Pattern.CASE_INSENSITIVE);

    private Addresses() {}

    /// A text with something else in the place of each address in it that goes down to a house.
    public static String replaced(String text, String by) {
        return SPAN.matcher(text).replaceAll(Matcher.quoteReplacement(by));
    }

    /// Whether a text is one from its beginning: it names a district and a house in it.
    public static boolean isOne(String text) {
        String folded = Folded.of(text).strip();
        return ZH_WHOLE.matcher(folded).find() || EN_WHOLE.matcher(folded).find();
    }

    /// Whether a text has one in it.
    public static boolean in(String text) {
        String folded = Folded.of(text);
        return EN.matcher(folded).find()
                || ZH_PLACE.matcher(folded).find()
                        && ZH.matcher(folded).results().limit(2).count() == 2;
    }
}
