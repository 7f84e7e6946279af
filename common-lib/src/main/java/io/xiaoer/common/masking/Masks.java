package io.xiaoer.common.masking;

/// Masks one value for an answer. Every method takes anything and never fails.
public final class Masks {

    private static final String STARS = "****";

    private Masks() {}

    /// `13812345678` → `138****5678`; what is too short for that is masked whole.
    public static String phone(String phone) {
        var length = phone.length();
        return length < 8
                ? STARS
                : phone.substring(0, length > 11 ? length - 8 : 3) + STARS + phone.substring(length - 4);
    }

    /// Keeps the first six characters at most, which name province and city: `浙江省杭州市****`.
    public static String address(String address) {
        var shown = Math.min(6, address.codePointCount(0, address.length()) / 2);
        return address.substring(0, address.offsetByCodePoints(0, shown)) + STARS;
    }

    /// Keeps the first character: `李*`, `J****`.
    public static String name(String name) {
        var length = name.codePointCount(0, name.length());
        return length == 0
                ? ""
                : name.substring(0, name.offsetByCodePoints(0, 1)) + "*".repeat(Math.clamp(length - 1, 1, 4));
    }

    /// `330106199001011234` → `330106********1234`.
    public static String identityNumber(String number) {
        return number.length() < 15
                ? STARS
                : number.substring(0, 6) + "*".repeat(8) + number.substring(number.length() - 4);
    }

    /// `6222021234567890123` → `****0123`.
    public static String bankCard(String card) {
        return card.length() < 12 ? STARS : STARS + card.substring(card.length() - 4);
    }

    /// `james.li@example.com` → `j****@example.com`.
    public static String email(String email) {
        var at = email.indexOf('@');
        return at < 1 ? STARS : email.charAt(0) + STARS + email.substring(at);
    }
}
