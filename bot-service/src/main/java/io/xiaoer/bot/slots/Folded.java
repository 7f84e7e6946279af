package io.xiaoer.bot.slots;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// A text in the one spelling that the rules of this package are written in: Unicode NFKC, lower case, straight
/// apostrophes, nothing invisible, and simplified for those traditional characters that the rules use.
final class Folded {

    private static final String TRADITIONAL =
            "週個禮後號時間從當點兩雙國慶節這過來幾內開對錯應該說換確認陰曆歷臘無萬聖誕剛鐘單訂買嗎問請給還發貨員條襪褲襯鍵機電錶帶們數塊錢運費綠藍紅黃頭項選頂種類";
    private static final String SIMPLIFIED =
            "周个礼后号时间从当点两双国庆节这过来几内开对错应该说换确认阴历历腊无万圣诞刚钟单订买吗问请给还发货员条袜裤衬键机电表带们数块钱运费绿蓝红黄头项选顶种类";
    private static final Map<Character, Character> SIMPLE = new HashMap<>();

    static {
        for (int i = 0; i < TRADITIONAL.length(); i++) {
            SIMPLE.put(TRADITIONAL.charAt(i), SIMPLIFIED.charAt(i));
        }
    }

    private Folded() {}

    /// The text in that spelling.
    static String of(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        var simple = new StringBuilder(folded.length());
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (Character.getType(c) == Character.FORMAT) {
                continue;
            }
            simple.append(c < 0x80 ? c : c == '’' || c == '‘' ? '\'' : c < 0x4E00 ? c : SIMPLE.getOrDefault(c, c));
        }
        return simple.toString();
    }

    /// Whether a character is an ASCII letter or digit, in lower case.
    static boolean isCode(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z';
    }

    /// Whether a character is an ASCII digit.
    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
