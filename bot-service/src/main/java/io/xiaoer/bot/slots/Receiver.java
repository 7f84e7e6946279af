package io.xiaoer.bot.slots;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An address as shoppers write or paste one, parted from whom it names beside it: 上海市…100号 13812345678,
/// or a line each (收件人：…, 手机号码：…, 详细地址：…). A name is taken only where a word for it leads to it, and a
/// number only if it is a mobile one, has its + or is said to be a phone's.
///
/// @param address what is left, in the words that were written
/// @param phone its figures, null if none is named, or several are
/// @param name null if none is named
public record Receiver(
        String address, @Nullable String phone, @Nullable String name) {

    private static final String GAP = "[\\s,，;；。]{0,10}";
    private static final String PHONE_WORD =
            "(?:(?:(?:收货|收件|联系)?(?:电话|手机)(?:号码|号)?|联系方式|号码|\\b(?:my |the )?(?:phone|mobile|cell|tel|telephone)(?: (?:number|no))?\\b)"
                    + "(?:是|为| is)?[\\s:：.]{0,10})";
    private static final String MOBILE = "(?:(?:[+]|00)?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}";
    private static final String ANY = "[+]?\\(?[0-9][-0-9() ]{5,20}[0-9]";
    private static final Pattern PHONE = Pattern.compile(
            GAP + "(?:" + PHONE_WORD + "(" + ANY + ")|(?<![0-9A-Za-z-])(" + MOBILE
                    + "|[+][0-9][-0-9() ]{6,20}[0-9]))(?![0-9A-Za-z-])",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile(
            "(?:(?<=^|[\\s,，;；。])|^)(?:收件人|收货人|联系人|姓名|名字|recipient|name)(?:姓名)?\\s{0,5}[:：]\\s{0,5}"
                    + "([\\p{IsHan}·]{1,10}|[A-Za-z][A-Za-z.' -]{0,38}[A-Za-z.])(?=\\s{0,5}(?:[,，;；。\\n]|$)|(?<=\\p{IsHan})\\s)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LABEL = Pattern.compile(
            "(?:所在地区|所在地|收货地址|详细地址|街道地址|地址|\\b(?:delivery |shipping |new )?address)\\s{0,5}[:：]\\s{0,5}",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LINES = Pattern.compile("(?<=\\p{IsHan})\\h{0,10}\\n\\s{0,10}(?=\\p{IsHan})");
    private static final Pattern OTHER_LINES = Pattern.compile("\\h{0,10}[,，]?\\h{0,10}\\n\\s{0,10}");
    private static final Pattern ENDS = Pattern.compile("^[\\s,，;；。.:：]+|[\\s,，;；。.:：]+$");

    /// What a text names. Its address is the text itself if that names nobody beside it, and empty if it
    /// names nothing else.
    public static Receiver in(String text) {
        var named = NAME.matcher(text);
        String name = named.find() ? named.group(1).strip() : null;
        String rest = name == null ? text : text.substring(0, named.start()) + text.substring(named.end());
        var phones = PHONE.matcher(rest).results().limit(2).toList();
        String phone = phones.size() == 1 ? Phones.anyIn(phones.getFirst().group()) : null;
        if (phone != null) {
            rest = rest.substring(0, phones.getFirst().start())
                    + "\n"
                    + rest.substring(phones.getFirst().end());
        }
        return name == null && phone == null ? new Receiver(text, null, null) : new Receiver(plain(rest), phone, name);
    }

    private static String plain(String words) {
        String unlabelled = LABEL.matcher(ENDS.matcher(words).replaceAll("")).replaceAll("");
        String joined = LINES.matcher(unlabelled).replaceAll("");
        return ENDS.matcher(OTHER_LINES
                        .matcher(joined)
                        .replaceAll(joined.chars().anyMatch(Character::isIdeographic) ? " " : ", "))
                .replaceAll("");
    }
}
